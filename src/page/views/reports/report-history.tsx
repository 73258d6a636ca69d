import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { More } from '../../parts/more.tsx';
import { Table } from '../../parts/table.tsx';
import { KIND_WORDS } from './report-kinds.ts';

const WORDS = dictionary(
  {
    caption: 'Reports, the latest first',
    kind: 'Kind',
    colour: 'Worst card',
    revision: 'Revision',
    of: 'Of',
    made: 'Made',
    choose: 'To compare',
    chooseOne: (kind: string, revision: number) => `Compare ${kind} of revision ${revision}`,
    compare: 'Compare the two chosen',
    two: 'Choose two reports of one kind to compare them.',
  },
  {
    caption: 'Rapports, le plus récent d’abord',
    kind: 'Genre',
    colour: 'Pire carte',
    revision: 'Révision',
    of: 'De',
    made: 'Fait',
    choose: 'À comparer',
    chooseOne: (kind: string, revision: number) => `Comparer ${kind} de la révision ${revision}`,
    compare: 'Comparer les deux choisis',
    two: 'Choisissez deux rapports d’un même genre pour les comparer.',
  },
);

const ReportList = graphql(`
  query ReportList($dataset: String!, $after: String) {
    dataset(slug: $dataset) {
      reports(first: 30, after: $after) {
        nodes { id kind colour revision madeAt snapshot split part }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export function ReportHistory({ dataset }: { dataset: string }) {
  const words = useWords(WORDS);
  const kinds = useWords(KIND_WORDS);
  const format = useFormat();
  const { route } = useLocation();
  const [chosen, setChosen] = useState<readonly { id: string; kind: string }[]>([]);
  const [base, other] = chosen;
  const areComparable = base !== undefined && other !== undefined && base.kind === other.kind;
  return (
    <>
      <p class="toolbar">
        <button
          type="button"
          disabled={!areComparable}
          onClick={() =>
            route(
              `/page/datasets/${dataset}/compare/${encodeURIComponent(base!.id)}/${encodeURIComponent(other!.id)}`,
            )
          }
        >
          {words.compare}
        </button>{' '}
        {!areComparable && words.two}
      </p>
      <More query={ReportList} variables={{ dataset }} connection={(data) => data.dataset.reports}>
        {(reports) => (
          <Table
            caption={words.caption}
            rows={reports}
            keyOf={({ id }) => id}
            columns={[
              {
                title: words.choose,
                cell: ({ id, kind, revision }) => (
                  <input
                    type="checkbox"
                    aria-label={words.chooseOne(kinds[kind], revision)}
                    checked={chosen.some((report) => report.id === id)}
                    onChange={(event) => {
                      const others = chosen.filter((report) => report.id !== id);
                      setChosen(event.currentTarget.checked ? [...others, { id, kind }].slice(-2) : others);
                    }}
                  />
                ),
              },
              {
                title: words.kind,
                cell: ({ id, kind }) => (
                  <a href={`/page/datasets/${dataset}/reports/${encodeURIComponent(id)}`}>{kinds[kind]}</a>
                ),
              },
              { title: words.colour, cell: ({ colour }) => <code>{colour}</code> },
              { title: words.revision, isNumber: true, cell: ({ revision }) => revision },
              {
                title: words.of,
                cell: ({ snapshot, split, part }) =>
                  [snapshot?.slice(0, 19), split, part].filter(Boolean).join(' / ') || '—',
              },
              { title: words.made, cell: ({ madeAt }) => format.moment(madeAt) },
            ]}
          />
        )}
      </More>
    </>
  );
}
