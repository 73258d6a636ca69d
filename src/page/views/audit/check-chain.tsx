import { useClient } from '@urql/preact';
import { useState } from 'preact/hooks';
import { graphql, type ResultOf } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';

const WORDS = dictionary(
  {
    verify: 'Recompute the chain',
    working: 'Recomputing…',
    intact: (count: string) => `Intact: ${count} events, none altered, removed or reordered.`,
    broken: 'Broken.',
    head: 'Head',
    lost: 'No answer; try again, or sign in as an auditor.',
  },
  {
    verify: 'Recalculer la chaîne',
    working: 'Recalcul…',
    intact: (count: string) => `Intacte : ${count} événements, aucun modifié, retiré ni déplacé.`,
    broken: 'Rompue.',
    head: 'Tête',
    lost: 'Pas de réponse ; réessayez, ou identifiez-vous comme auditeur.',
  },
);

const VerifyAuditChain = graphql(`
  query VerifyAuditChain {
    verifyAuditChain { intact eventCount headHash problem { sequence message } }
  }
`);

type Verification = ResultOf<typeof VerifyAuditChain>['verifyAuditChain'];

/** Every hash of the log is computed again, when somebody asks for it. */
export function CheckChain() {
  const words = useWords(WORDS);
  const format = useFormat();
  const client = useClient();
  const [found, setFound] = useState<Verification | 'working' | 'lost' | null>(null);
  const verify = async () => {
    setFound('working');
    const { data } = await client.query(VerifyAuditChain, {}, { requestPolicy: 'network-only' }).toPromise();
    setFound(data?.verifyAuditChain ?? 'lost');
  };
  return (
    <div class="toolbar">
      <button type="button" onClick={verify} disabled={found === 'working'}>
        {found === 'working' ? words.working : words.verify}
      </button>
      <span role="status">
        {found === 'lost' && words.lost}
        {found && typeof found === 'object' && (
          <>
            {found.intact ? `✔ ${words.intact(format.whole(found.eventCount))}` : `✖ ${words.broken}`}{' '}
            {found.problem && (
              <span lang="en">
                {found.problem.message} ({found.problem.sequence})
              </span>
            )}{' '}
            {words.head} <code>{found.headHash}</code>
          </>
        )}
      </span>
    </div>
  );
}
