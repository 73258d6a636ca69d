import { graphql, type ResultOf } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { Table } from '../../parts/table.tsx';

const WORDS = dictionary(
  {
    title: 'History',
    revision: 'Revision',
    when: 'When',
    what: 'What happened',
    ImageRegistered: 'Came into the dataset.',
    ImageReadmitted: 'Its exclusion was taken back.',
    excluded: 'Excluded at ',
    said: (annotator: string, said: number, superseded: number) =>
      `${annotator}: ${said} ${said === 1 ? 'label' : 'labels'} given${superseded > 0 ? `, ${superseded} superseded` : ''}.`,
    recorded: 'Acquisition recorded: ',
    nothing: 'no value',
  },
  {
    title: 'Historique',
    revision: 'Révision',
    when: 'Quand',
    what: 'Ce qui s’est passé',
    ImageRegistered: 'Entrée dans le jeu de données.',
    ImageReadmitted: 'Son exclusion a été annulée.',
    excluded: 'Exclue au stade ',
    said: (annotator: string, said: number, superseded: number) =>
      `${annotator} : ${said} ${said < 2 ? 'étiquette donnée' : 'étiquettes données'}${superseded > 0 ? `, ${superseded} ${superseded < 2 ? 'remplacée' : 'remplacées'}` : ''}.`,
    recorded: 'Prise de vue relevée : ',
    nothing: 'sans valeur',
  },
);

const HistoryOfImage = graphql(`
  query HistoryOfImage($dataset: String!, $image: String!) {
    dataset(slug: $dataset) {
      images(first: 1, filter: { imageIds: [$image] }) {
        nodes {
          history {
            __typename
            revision
            at
            ... on AcquisitionRecorded { fields { name before after } }
            ... on ImageExcluded { stage reason }
            ... on ImageLabelled { annotator said superseded }
          }
        }
      }
    }
  }
`);

type Change = ResultOf<typeof HistoryOfImage>['dataset']['images']['nodes'][number]['history'][number];

/** What each revision did to the image, the latest first. */
export function ImageHistory({ dataset, image }: { dataset: string; image: string }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <section>
      <h3>{words.title}</h3>
      <Asked query={HistoryOfImage} variables={{ dataset, image }}>
        {({ dataset: { images } }) => (
          <Table
            caption={words.title}
            isCaptionHidden
            rows={(images.nodes[0]?.history ?? []).map((change, place) => ({ change, place }))}
            keyOf={({ place }) => String(place)}
            columns={[
              { title: words.revision, isNumber: true, cell: ({ change }) => change.revision },
              {
                title: words.when,
                cell: ({ change: { at } }) => <time dateTime={at}>{format.moment(at)}</time>,
              },
              { title: words.what, cell: ({ change }) => <What change={change} /> },
            ]}
          />
        )}
      </Asked>
    </section>
  );
}

function What({ change }: { change: Change }) {
  const words = useWords(WORDS);
  switch (change.__typename) {
    case 'ImageExcluded':
      return (
        <>
          {words.excluded}
          <code>{change.stage}</code> — {change.reason}
        </>
      );
    case 'ImageLabelled':
      return words.said(change.annotator, change.said, change.superseded);
    case 'AcquisitionRecorded':
      return (
        <>
          {words.recorded}
          {change.fields.map(({ name, before, after }, place) => (
            <span key={name}>
              {place > 0 && ', '}
              <code>{name}</code> {before !== null && `${before} → `}
              {after ?? words.nothing}
            </span>
          ))}
        </>
      );
    default:
      return words[change.__typename];
  }
}
