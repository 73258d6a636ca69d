import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { graphql } from '../../graphql.ts';
import { counted, dictionary, useFormat, useWords } from '../../language.tsx';
import { RefusalFields, useAct } from '../../parts/act.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import type { ProposalData } from './proposal-query.ts';

const WORDS = dictionary(
  {
    publish: 'Publish…',
    title: 'Publish this proposal',
    verb: (images: string) => `Publish ${counted(images, 'image')}`,
    means: (images: string, annotations: string) =>
      `${images} images and ${annotations} annotations can be fetched from then on, under the digest that was reviewed. It is never unpublished: a snapshot can be deprecated, and images withdrawn.`,
    tagged: (tag: string) => `The tag ${tag} names it from then on and never moves.`,
    waived: (count: string) => `Rules waived, with reasons that everybody will read: ${count}.`,
    notYet: 'It can be published once every rule is met or waived.',
    takeBack: 'Take it back…',
    backTitle: 'Take this proposal back',
    backVerb: 'Take it back',
    backMeans: (images: string, reviews: string) =>
      `These ${images} images are not published by it, and ${reviews} reviews of it count no more. It stays on the record; the snapshot can be proposed again.`,
  },
  {
    publish: 'Publier…',
    title: 'Publier cette proposition',
    verb: (images: string) => `Publier ${counted(images, 'image')}`,
    means: (images: string, annotations: string) =>
      `${images} images et ${annotations} annotations pourront être récupérées dès lors, sous l’empreinte qui a été relue. Cela ne se dépublie pas : un instantané peut être déclaré obsolète, et des images retirées.`,
    tagged: (tag: string) => `L’étiquette ${tag} le nomme dès lors et ne bouge jamais.`,
    waived: (count: string) => `Dérogations, dont tous liront les raisons : ${count}.`,
    notYet: 'Elle peut être publiée quand chaque règle est respectée ou fait l’objet d’une dérogation.',
    takeBack: 'La reprendre…',
    backTitle: 'Reprendre cette proposition',
    backVerb: 'La reprendre',
    backMeans: (images: string, reviews: string) =>
      `Ces ${images} images ne sont pas publiées par elle, et ${reviews} relectures ne comptent plus. Elle reste consignée ; l’instantané peut être proposé de nouveau.`,
  },
);

const Publish = graphql(
  `
    mutation PublishProposal($input: PublishProposalInput!) {
      publishProposal(input: $input) {
        __typename
        ... on Snapshot { id digest }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

const TakeBack = graphql(
  `
    mutation WithdrawProposal($input: WithdrawProposalInput!) {
      withdrawProposal(input: $input) {
        __typename
        ... on SnapshotProposal { id state }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

interface PublishProposalProps {
  proposal: ProposalData;
  changed(): void;
}

export function PublishProposal({ proposal, changed }: PublishProposalProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const { route } = useLocation();
  const publication = useAct(Publish);
  const taking = useAct(TakeBack);
  const [open, setOpen] = useState<'publish' | 'back' | null>(null);
  const images = format.whole(proposal.imageCount);
  const waived = proposal.findings.filter(({ outcome }) => outcome === 'WAIVED').length;
  const input = { proposal: proposal.id };
  const close = () => {
    publication.forget();
    taking.forget();
    setOpen(null);
  };
  return (
    <>
      {proposal.state === 'APPROVED' ? (
        <button type="button" class="primary" onClick={() => setOpen('publish')}>
          {words.publish}
        </button>
      ) : (
        <span>{words.notYet}</span>
      )}
      <button type="button" onClick={() => setOpen('back')}>
        {words.takeBack}
      </button>
      <Confirm
        title={words.title}
        verb={words.verb(images)}
        isOpen={open === 'publish'}
        isRunning={publication.isRunning}
        refusal={publication.refusal}
        onCancel={close}
        onConfirm={async () => {
          const published = await publication.run({ input });
          if (published) route(`/page/snapshots/${published.digest}`);
        }}
      >
        <p>{words.means(images, format.whole(proposal.annotationCount))}</p>
        {proposal.tag && <p>{words.tagged(proposal.tag)}</p>}
        {waived > 0 && <p>{words.waived(format.whole(waived))}</p>}
        <p class="digest">{proposal.digest}</p>
      </Confirm>
      <Confirm
        title={words.backTitle}
        verb={words.backVerb}
        isOpen={open === 'back'}
        isRunning={taking.isRunning}
        refusal={taking.refusal}
        isFinal
        onCancel={close}
        onConfirm={async () => {
          if (!(await taking.run({ input }))) return;
          close();
          changed();
        }}
      >
        <p>{words.backMeans(images, format.whole(proposal.reviews.length))}</p>
      </Confirm>
    </>
  );
}
