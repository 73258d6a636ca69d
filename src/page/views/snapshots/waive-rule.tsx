import { useState } from 'preact/hooks';
import { graphql } from '../../graphql.ts';
import { counted, dictionary, useFormat, useWords } from '../../language.tsx';
import { RefusalFields, useAct } from '../../parts/act.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import type { ProposalData } from './proposal-query.ts';
import type { Finding } from './publication-record.tsx';

const LEAST_REASON = 20;

const WORDS = dictionary(
  {
    open: 'Waive…',
    of: (rule: string) => `Waive ${rule}`,
    title: (rule: string) => `Waive the rule ${rule}`,
    verb: (images: string) => `Waive it for ${counted(images, 'image')}`,
    means: (images: string) =>
      `This proposal of ${images} images may be published although the rule is not met. What was found stays beside it, with your name and your reason, for ever.`,
    reason: `Why, in ${LEAST_REASON} characters or more`,
  },
  {
    open: 'Déroger…',
    of: (rule: string) => `Déroger à ${rule}`,
    title: (rule: string) => `Déroger à la règle ${rule}`,
    verb: (images: string) => `Déroger pour ${counted(images, 'image')}`,
    means: (images: string) =>
      `Cette proposition de ${images} images pourra être publiée bien que la règle ne soit pas respectée. Le constat reste à côté, avec votre nom et votre raison, pour toujours.`,
    reason: `Pourquoi, en ${LEAST_REASON} caractères ou plus`,
  },
);

const Waive = graphql(
  `
    mutation WaiveRule($input: WaiveRuleInput!) {
      waiveRule(input: $input) {
        __typename
        ... on SnapshotProposal { id state }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

interface WaiveRuleProps {
  proposal: ProposalData;
  finding: Finding;
  changed(): void;
}

/** A rule that is not met, let through in writing; what reviewers have to say is never waived. */
export function WaiveRule({ proposal, finding: { rule, outcome, sentence }, changed }: WaiveRuleProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const act = useAct(Waive);
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const close = () => {
    act.forget();
    setOpen(false);
  };
  const send = async () => {
    if (!(await act.run({ input: { proposal: proposal.id, rule: rule.key, reason } }))) return;
    close();
    changed();
  };
  if (rule.kind === 'REVIEWED_BY_ANOTHER' || (outcome !== 'FAILED' && outcome !== 'NOT_ESTIMABLE'))
    return <>—</>;
  return (
    <>
      <button type="button" aria-label={words.of(rule.key)} onClick={() => setOpen(true)}>
        {words.open}
      </button>
      <Confirm
        title={words.title(rule.key)}
        verb={words.verb(format.whole(proposal.imageCount))}
        isOpen={isOpen}
        isRunning={act.isRunning}
        refusal={act.refusal}
        onConfirm={send}
        onCancel={close}
      >
        <p lang="en">
          {rule.meaning} {sentence}
        </p>
        <p>{words.means(format.whole(proposal.imageCount))}</p>
        <label>
          <span>{words.reason}</span>
          <textarea
            value={reason}
            required
            minLength={LEAST_REASON}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </label>
      </Confirm>
    </>
  );
}
