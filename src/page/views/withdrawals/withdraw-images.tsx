import { useClient } from '@urql/preact';
import { useRef, useState } from 'preact/hooks';
import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { RefusalFields, type Refused, useAct } from '../../parts/act.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { Reach } from './reach.tsx';
import { type ReachData, ReachOf } from './reach-query.ts';
import { inputOf, type NamedImages, WhichImages } from './which-images.tsx';
import type { Reason } from './withdrawal-words.ts';

const WORDS = dictionary(
  {
    title: 'Withdraw images for good',
    reach: 'See what it would reach',
    verb: (images: string) => `Destroy ${images} images for good`,
    first: (kept: string) =>
      `The dataset keeps ${kept} images. First see what the withdrawal would reach; nothing is done yet.`,
    lost: 'No answer came; try again.',
    former: (count: string) =>
      `${count} images were recorded as of this subject earlier, and are not now. Only people know whether the correction is right.`,
    WITHDRAW: 'Withdraw these too',
    LEAVE: 'Leave these: the correction is right',
  },
  {
    title: 'Retirer des images pour de bon',
    reach: 'Voir ce que cela atteindrait',
    verb: (images: string) => `Détruire ${images} images pour de bon`,
    first: (kept: string) =>
      `Le jeu garde ${kept} images. Voyez d’abord ce que le retrait atteindrait ; rien n’est encore fait.`,
    lost: 'Pas de réponse ; réessayez.',
    former: (count: string) =>
      `${count} images étaient enregistrées sous ce sujet auparavant, et ne le sont plus. Seules des personnes savent si la correction est juste.`,
    WITHDRAW: 'Les retirer aussi',
    LEAVE: 'Les laisser : la correction est juste',
  },
);

const Withdraw = graphql(
  `
    mutation WithdrawImages($input: WithdrawImagesInput!) {
      withdrawImages(input: $input) {
        __typename
        ... on Withdrawal { id number }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

interface WithdrawImagesProps {
  dataset: string;
  kept: number;
  named: { readonly images: readonly string[]; readonly subject: string | null };
  isOpen: boolean;
  close(): void;
  done(withdrawal: string): void;
}

/** In two steps: what it would reach, in numbers; then why, and the name typed again. */
export function WithdrawImages({ dataset, kept, named, isOpen, close, done }: WithdrawImagesProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const client = useClient();
  const act = useAct(Withdraw);
  const [which, setWhich] = useState<NamedImages>({
    scope: named.subject === null ? 'IMAGES' : 'SUBJECT',
    images: named.images.join('\n'),
    subject: named.subject ?? '',
  });
  const [former, setFormer] = useState<'WITHDRAW' | 'LEAVE' | null>(null);
  const [reach, setReach] = useState<ReachData | null>(null);
  const [fault, setFault] = useState<Refused | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState<Reason | null>(null);
  const meant = { ...inputOf(which), formerImages: which.scope === 'SUBJECT' ? former : null };
  const question = useRef(0);
  const forget = () => {
    question.current += 1;
    setAsking(false);
    setReach(null);
    setFault(null);
    act.forget();
  };
  const ask = async (formerImages: 'WITHDRAW' | 'LEAVE' | null) => {
    question.current += 1;
    const asked = question.current;
    setAsking(true);
    setFault(null);
    const variables = { dataset, ...inputOf(which), formerImages };
    const { data, error } = await client
      .query(ReachOf, variables, { requestPolicy: 'network-only' })
      .toPromise();
    if (question.current !== asked) return; // the reach of what is no longer meant
    setAsking(false);
    setReach(data?.dataset.withdrawalReach ?? null);
    if (error) setFault(refusalOf(error.graphQLErrors[0], words.lost));
  };
  const confirm = async () => {
    if (!reach) return ask(former);
    const made = await act.run({ input: { dataset, ...meant, reason: reason! } });
    if (made) done(made.id);
  };
  return (
    <Confirm
      title={words.title}
      verb={reach ? words.verb(format.whole(reach.images)) : words.reach}
      isOpen={isOpen}
      isRunning={act.isRunning || isAsking}
      refusal={act.refusal ?? fault}
      isFinal={reach !== null}
      onConfirm={confirm}
      onCancel={() => {
        forget();
        close();
      }}
    >
      <p>{words.first(format.whole(kept))}</p>
      <WhichImages
        which={which}
        change={(chosen) => {
          setWhich(chosen);
          setFormer(null);
          forget();
        }}
      />
      {reach && reach.formerImages.length > 0 && (
        <fieldset>
          <legend>{words.former(format.whole(reach.formerImages.length))}</legend>
          {(['WITHDRAW', 'LEAVE'] as const).map((choice) => (
            <label class="choice" key={choice}>
              <input
                type="radio"
                name="former"
                required
                checked={former === choice}
                onChange={() => {
                  setFormer(choice);
                  ask(choice);
                }}
              />
              {words[choice]}
            </label>
          ))}
          <p>{reach.formerImages.slice(0, 20).join(', ')}</p>
        </fieldset>
      )}
      {reach && (
        <Reach
          reach={reach}
          retyped={which.scope === 'SUBJECT' ? which.subject : dataset}
          scope={which.scope}
          reason={reason}
          choose={setReason}
        />
      )}
    </Confirm>
  );
}

interface Fault {
  readonly message: string;
  readonly extensions: Record<string, unknown>;
}

function refusalOf(fault: Fault | undefined, lost: string): Refused {
  const { code = 'CONFLICT', reasons = [] } = (fault?.extensions ?? {}) as Partial<Refused>;
  return { code, message: fault?.message ?? lost, reasons };
}
