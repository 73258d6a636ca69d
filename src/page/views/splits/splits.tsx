import { useState } from 'preact/hooks';
import '../../style/publishing.css';
import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { More } from '../../parts/more.tsx';
import { Table } from '../../parts/table.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';
import { DraftSplit } from './draft-split.tsx';
import { LeakMark, SplitState } from './split-marks.tsx';
import { SPLIT_WORDS } from './split-words.ts';

const WORDS = dictionary(
  {
    title: 'Splits of this dataset',
    lead: 'Who trains and who tests. A draft may be made again; a frozen split never changes, and the database refuses whoever tries.',
    draft: 'Draft a split…',
    revision: 'Revision',
    certificate: 'Certificate',
  },
  {
    title: 'Partitions de ce jeu de données',
    lead: 'Qui entraîne et qui teste. Un brouillon peut être refait ; une partition gelée ne change plus, et la base refuse quiconque essaie.',
    draft: 'Préparer une partition…',
    revision: 'Révision',
    certificate: 'Certificat',
  },
);

const SplitsHead = graphql(`
  query SplitsHead($dataset: String!) {
    dataset(slug: $dataset) {
      title
      revision
      unit
      imageCounts { kept }
      factors { name }
    }
  }
`);

const SplitList = graphql(`
  query SplitList($dataset: String!, $after: String) {
    dataset(slug: $dataset) {
      splits(first: 50, after: $after) {
        nodes {
          name
          state
          strategy
          revision
          groupBy
          certificate { leaks counts { part images } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export default function Splits({ dataset }: { dataset: string }) {
  const words = { ...useWords(SPLIT_WORDS), ...useWords(WORDS) };
  const format = useFormat();
  const [isDrafting, setDrafting] = useState(false);
  return (
    <Asked query={SplitsHead} variables={{ dataset }}>
      {({ dataset: held }) => (
        <DatasetFrame dataset={dataset} title={held.title}>
          <p class="lead">{words.lead}</p>
          <div class="toolbar">
            <button type="button" onClick={() => setDrafting(true)}>
              {words.draft}
            </button>
          </div>
          <DraftSplit
            dataset={dataset}
            unit={held.unit}
            revision={held.revision}
            kept={held.imageCounts.kept}
            factors={held.factors.map(({ name }) => name)}
            isOpen={isDrafting}
            close={() => setDrafting(false)}
          />
          <More query={SplitList} variables={{ dataset }} connection={({ dataset: { splits } }) => splits}>
            {(splits) => (
              <Table
                caption={words.title}
                rows={splits}
                keyOf={({ name }) => name}
                columns={[
                  {
                    title: words.split,
                    cell: ({ name }) => <a href={`/page/datasets/${dataset}/splits/${name}`}>{name}</a>,
                  },
                  { title: words.state, cell: ({ state }) => <SplitState state={state} /> },
                  { title: words.strategy, cell: ({ strategy }) => words[strategy] },
                  { title: words.groupBy, cell: ({ groupBy }) => groupBy ?? '—' },
                  {
                    title: words.parts,
                    cell: ({ certificate: { counts } }) =>
                      counts.map(({ part, images }) => `${part} ${format.whole(images)}`).join(', '),
                  },
                  {
                    title: words.certificate,
                    cell: ({ certificate }) => <LeakMark leaks={certificate.leaks} />,
                  },
                  { title: words.revision, isNumber: true, cell: ({ revision }) => format.whole(revision) },
                ]}
              />
            )}
          </More>
        </DatasetFrame>
      )}
    </Asked>
  );
}
