import { useState } from 'preact/hooks';
import { graphql } from '../../graphql.ts';
import { counted, dictionary, useFormat, useWords } from '../../language.tsx';
import { RefusalFields, useAct } from '../../parts/act.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import type { ProposalData } from './proposal-query.ts';

const WORDS = dictionary(
  {
    APPROVE: 'Approve…',
    REJECT: 'Reject…',
    APPROVE_TITLE: 'Approve this proposal',
    REJECT_TITLE: 'Reject this proposal',
    APPROVE_VERB: (images: string) => `Approve ${counted(images, 'image')}`,
    REJECT_VERB: (images: string) => `Reject ${counted(images, 'image')}`,
    APPROVE_MEANS: (images: string, annotations: string) =>
      `You say that these ${images} images and ${annotations} annotations should be published as they are.`,
    REJECT_MEANS: (images: string, annotations: string) =>
      `One refusal ends a proposal: these ${images} images and ${annotations} annotations are not published, and have to be proposed again.`,
    once: 'A review is given once, under your name, and stays as it is.',
    unmet: (count: string) => `${count} rules are not met yet, apart from reviews.`,
    reason: 'Reason, in writing',
  },
  {
    APPROVE: 'Approuver…',
    REJECT: 'Rejeter…',
    APPROVE_TITLE: 'Approuver cette proposition',
    REJECT_TITLE: 'Rejeter cette proposition',
    APPROVE_VERB: (images: string) => `Approuver ${counted(images, 'image')}`,
    REJECT_VERB: (images: string) => `Rejeter ${counted(images, 'image')}`,
    APPROVE_MEANS: (images: string, annotations: string) =>
      `Vous dites que ces ${images} images et ${annotations} annotations doivent être publiées telles quelles.`,
    REJECT_MEANS: (images: string, annotations: string) =>
      `Un seul refus clôt une proposition : ces ${images} images et ${annotations} annotations ne sont pas publiées, et devront être proposées de nouveau.`,
    once: 'Un avis est donné une fois, sous votre nom, et reste tel quel.',
    unmet: (count: string) => `${count} règles ne sont pas encore respectées, hors relectures.`,
    reason: 'Raison, par écrit',
  },
);

const Review = graphql(
  `
    mutation ReviewProposal($input: ReviewProposalInput!) {
      reviewProposal(input: $input) {
        __typename
        ... on SnapshotProposal { id state }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

export function ReviewProposal({ proposal, changed }: { proposal: ProposalData; changed(): void }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const act = useAct(Review);
  const [verdict, setVerdict] = useState<'APPROVE' | 'REJECT' | null>(null);
  const [comment, setComment] = useState('');
  const images = format.whole(proposal.imageCount);
  const annotations = format.whole(proposal.annotationCount);
  const unmet = proposal.findings.filter(
    ({ outcome, rule }) =>
      rule.kind !== 'REVIEWED_BY_ANOTHER' && outcome !== 'PASSED' && outcome !== 'WAIVED',
  ).length;
  const shown = verdict ?? 'APPROVE';
  const close = () => {
    act.forget();
    setVerdict(null);
  };
  const send = async () => {
    if (!(await act.run({ input: { proposal: proposal.id, verdict: shown, comment } }))) return;
    close();
    changed();
  };
  return (
    <>
      <button type="button" class="primary" onClick={() => setVerdict('APPROVE')}>
        {words.APPROVE}
      </button>
      <button type="button" onClick={() => setVerdict('REJECT')}>
        {words.REJECT}
      </button>
      <Confirm
        title={words[`${shown}_TITLE`]}
        verb={words[`${shown}_VERB`](images)}
        isOpen={verdict !== null}
        isRunning={act.isRunning}
        refusal={act.refusal}
        isFinal={verdict === 'REJECT'}
        onConfirm={send}
        onCancel={close}
      >
        <p>
          {words[`${shown}_MEANS`](images, annotations)} {words.once}
        </p>
        {unmet > 0 && verdict === 'APPROVE' && <p>{words.unmet(format.whole(unmet))}</p>}
        <label>
          <span>{words.reason}</span>
          <textarea value={comment} required onInput={(event) => setComment(event.currentTarget.value)} />
        </label>
      </Confirm>
    </>
  );
}
