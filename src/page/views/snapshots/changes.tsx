import { graphql, type ResultOf } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { Table } from '../../parts/table.tsx';

const WORDS = dictionary(
  {
    caption: (from: string, to: string) => `From revision ${from} to revision ${to}`,
    what: 'What',
    images: 'Images',
    acquisition: 'Acquisition records',
    annotations: 'Annotations',
    exclusions: 'Exclusions',
    opened: 'Came in',
    closed: 'Went, or were replaced',
    first: 'The first of them',
    OPENED: (revision: string) => `came in with revision ${revision}`,
    CLOSED: (revision: string) => `went with revision ${revision}`,
    list: (count: string) => `the first ${count}`,
  },
  {
    caption: (from: string, to: string) => `De la révision ${from} à la révision ${to}`,
    what: 'Quoi',
    images: 'Images',
    acquisition: 'Fiches d’acquisition',
    annotations: 'Annotations',
    exclusions: 'Exclusions',
    opened: 'Entrées',
    closed: 'Sorties, ou remplacées',
    first: 'Les premières',
    OPENED: (revision: string) => `entrée à la révision ${revision}`,
    CLOSED: (revision: string) => `sortie à la révision ${revision}`,
    list: (count: string) => `les ${count} premières`,
  },
);

const ChangeFields = graphql(`
  fragment ChangeFields on GovernedChangeConnection @_unmask {
    opened
    closed
    nodes { change imageId revision }
  }
`);

const ChangesBetween = graphql(
  `
    query ChangesBetween($dataset: String!, $from: Int!, $to: Int!) {
      dataset(slug: $dataset) {
        diff(from: $from, to: $to) {
          images(first: 20) { ...ChangeFields }
          acquisition(first: 20) { ...ChangeFields }
          annotations(first: 20) { ...ChangeFields }
          exclusions(first: 20) { ...ChangeFields }
        }
      }
    }
  `,
  [ChangeFields],
);

type Changed = ResultOf<typeof ChangeFields>;
const KINDS = ['images', 'annotations', 'exclusions', 'acquisition'] as const;

interface ChangesProps {
  dataset: string;
  from: number;
  to: number;
}

export function Changes({ dataset, from, to }: ChangesProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <Asked query={ChangesBetween} variables={{ dataset, from, to }}>
      {({ dataset: { diff } }) => (
        <Table
          caption={words.caption(format.whole(from), format.whole(to))}
          rows={KINDS}
          keyOf={(kind) => kind}
          columns={[
            { title: words.what, cell: (kind) => words[kind] },
            { title: words.opened, isNumber: true, cell: (kind) => format.whole(diff[kind].opened) },
            { title: words.closed, isNumber: true, cell: (kind) => format.whole(diff[kind].closed) },
            { title: words.first, cell: (kind) => <First dataset={dataset} changed={diff[kind]} /> },
          ]}
        />
      )}
    </Asked>
  );
}

function First({ dataset, changed: { nodes } }: { dataset: string; changed: Changed }) {
  const words = useWords(WORDS);
  const format = useFormat();
  if (nodes.length === 0) return <>—</>;
  return (
    <details>
      <summary>{words.list(format.whole(nodes.length))}</summary>
      <ul>
        {nodes.map(({ change, imageId, revision }, place) => (
          <li key={place}>
            <a href={`/page/datasets/${dataset}/images/${imageId}`}>{imageId.slice(0, 8)}</a>{' '}
            {words[change](format.whole(revision))}
          </li>
        ))}
      </ul>
    </details>
  );
}
