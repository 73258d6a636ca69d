import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { More } from '../../parts/more.tsx';
import { Table } from '../../parts/table.tsx';
import { REASON_WORDS } from '../withdrawals/withdrawal-words.ts';

const WORDS = dictionary(
  {
    title: 'Degraded: images that were withdrawn',
    lead: 'These images are gone for good. Its digest stays, and everything else of it is proved as before.',
    caption: 'Images that it lacks',
    image: 'Image',
    at: 'Withdrawn',
    reason: 'Reason',
    leaf: 'Leaf hash, which stays in its place',
  },
  {
    title: 'Dégradé : images retirées',
    lead: 'Ces images ont disparu pour de bon. Son empreinte demeure, et tout le reste se prouve comme avant.',
    caption: 'Images qui lui manquent',
    image: 'Image',
    at: 'Retirée',
    reason: 'Raison',
    leaf: 'Empreinte de feuille, qui reste à sa place',
  },
);

const MissingOf = graphql(`
  query MissingOf($digest: String!, $after: String) {
    snapshot(digest: $digest) {
      missingImages(first: 20, after: $after) {
        nodes { imageId leaf at reason }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export function MissingImages({ digest }: { digest: string }) {
  const words = { ...useWords(REASON_WORDS), ...useWords(WORDS) };
  const format = useFormat();
  return (
    <section class="notice danger">
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      <More
        query={MissingOf}
        variables={{ digest }}
        connection={({ snapshot: { missingImages } }) => missingImages}
      >
        {(missing) => (
          <Table
            caption={words.caption}
            isCaptionHidden
            rows={missing}
            keyOf={({ imageId }) => imageId}
            columns={[
              { title: words.image, cell: ({ imageId }) => <code>{imageId}</code> },
              { title: words.at, cell: ({ at }) => <time dateTime={at}>{format.moment(at)}</time> },
              { title: words.reason, cell: ({ reason }) => words[reason] },
              { title: words.leaf, cell: ({ leaf }) => <code>{leaf.slice(0, 16)}…</code> },
            ]}
          />
        )}
      </More>
    </section>
  );
}
