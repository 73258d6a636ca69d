import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { More } from '../../parts/more.tsx';
import { Table } from '../../parts/table.tsx';
import { SNAPSHOT_WORDS } from './snapshot-words.ts';
import { StateMark } from './state-marks.tsx';

const WORDS = dictionary(
  {
    caption: 'Proposals, the latest first',
    message: 'Proposal',
    checks: 'Checks',
    met: (met: string, of: string) => `${met} of ${of} rules met`,
    unmet: 'still asked for',
    noRules: 'no rules',
  },
  {
    caption: 'Propositions, la plus récente d’abord',
    message: 'Proposition',
    checks: 'Vérifications',
    met: (met: string, of: string) => `${met} règles sur ${of} respectées`,
    unmet: 'encore demandé',
    noRules: 'aucune règle',
  },
);

const ProposalPage = graphql(`
  query ProposalPage($dataset: String!, $open: Boolean!, $after: String) {
    dataset(slug: $dataset) {
      proposals(first: 50, after: $after, open: $open) {
        nodes {
          id
          message
          tag
          state
          imageCount
          annotationCount
          proposer
          proposedAt
          findings { outcome rule { key } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

const isOpenState = (state: string) => state === 'PROPOSED' || state === 'APPROVED';

export function ProposalList({ dataset, isOpen }: { dataset: string; isOpen: boolean }) {
  const words = { ...useWords(SNAPSHOT_WORDS), ...useWords(WORDS) };
  const format = useFormat();
  return (
    <More
      query={ProposalPage}
      variables={{ dataset, open: isOpen }}
      connection={({ dataset: { proposals } }) => ({
        ...proposals,
        nodes: proposals.nodes.filter(({ state }) => isOpenState(state) === isOpen),
      })}
    >
      {(proposals) => (
        <Table
          caption={words.caption}
          isCaptionHidden
          rows={proposals}
          keyOf={({ id }) => id}
          columns={[
            {
              title: words.message,
              cell: ({ id, message }) => (
                <a class="long" href={`/page/datasets/${dataset}/proposals/${id}`}>
                  {message}
                </a>
              ),
            },
            { title: words.state, cell: ({ state }) => <StateMark state={state} /> },
            { title: words.checks, cell: ({ findings }) => <Checks findings={findings} /> },
            { title: words.tag, cell: ({ tag }) => tag ?? '—' },
            { title: words.images, isNumber: true, cell: ({ imageCount }) => format.whole(imageCount) },
            {
              title: words.annotations,
              isNumber: true,
              cell: ({ annotationCount }) => format.whole(annotationCount),
            },
            {
              title: words.proposed,
              cell: ({ proposer, proposedAt }) => (
                <>
                  <time dateTime={proposedAt}>{format.moment(proposedAt)}</time> {words.by} {proposer}
                </>
              ),
            },
          ]}
        />
      )}
    </More>
  );
}

function Checks({
  findings,
}: {
  findings: readonly { readonly outcome: string; readonly rule: { readonly key: string } }[];
}) {
  const words = useWords(WORDS);
  const format = useFormat();
  if (findings.length === 0) return <>{words.noRules}</>;
  const unmet = findings.filter(({ outcome }) => outcome !== 'PASSED' && outcome !== 'WAIVED');
  return (
    <>
      {words.met(format.whole(findings.length - unmet.length), format.whole(findings.length))}
      {unmet.length > 0 && (
        <>
          ; {words.unmet}: <code class="keys">{unmet.map(({ rule }) => rule.key).join(', ')}</code>
        </>
      )}
    </>
  );
}
