import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { More } from '../../parts/more.tsx';
import { Table } from '../../parts/table.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';
import { JudgeRuns } from './judge-runs.tsx';

const WORDS = dictionary(
  {
    lead: 'Trainings that came back, each against the digest that it was trained on. One run is an anecdote: look at the spread over seeds and folds.',
    judge: 'Judge runs of one snapshot',
    runs: 'Runs, the latest first',
    model: 'Model',
    snapshot: 'Snapshot',
    part: 'Part held out',
    fold: 'Fold',
    seed: 'Seed',
    metrics: 'Metrics',
    when: 'Reported',
    withdrawn: 'withdrawn',
  },
  {
    lead: 'Les entraînements revenus, chacun contre l’empreinte sur laquelle il a été fait. Un seul essai est une anecdote : regardez la dispersion selon graines et plis.',
    judge: 'Juger les essais d’un instantané',
    runs: 'Essais, le plus récent d’abord',
    model: 'Modèle',
    snapshot: 'Instantané',
    part: 'Partie réservée',
    fold: 'Pli',
    seed: 'Graine',
    metrics: 'Mesures',
    when: 'Rapporté',
    withdrawn: 'retiré',
  },
);

const RunsOf = graphql(`
  query RunsOf($dataset: String!) {
    dataset(slug: $dataset) {
      title
      snapshots(first: 50) { nodes { digest tags } }
    }
  }
`);

const RunList = graphql(`
  query RunList($dataset: String!, $after: String) {
    dataset(slug: $dataset) {
      trainingRuns(first: 50, after: $after) {
        nodes {
          id
          model
          snapshot
          split
          part
          fold
          repeat
          seed
          reportedAt
          withdrawnReason
          metrics { name part value }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export default function Runs({ dataset }: { dataset: string }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <Asked query={RunsOf} variables={{ dataset }}>
      {({ dataset: { title, snapshots } }) => (
        <DatasetFrame dataset={dataset} title={title}>
          <p class="lead">{words.lead}</p>
          <h2>{words.judge}</h2>
          <JudgeRuns snapshots={snapshots.nodes} />
          <h2>{words.runs}</h2>
          <More query={RunList} variables={{ dataset }} connection={(data) => data.dataset.trainingRuns}>
            {(runs) => (
              <Table
                caption={words.runs}
                isCaptionHidden
                rows={runs}
                keyOf={({ id }) => id}
                columns={[
                  {
                    title: words.model,
                    cell: ({ id, model, withdrawnReason }) => (
                      <>
                        <a href={`/page/datasets/${dataset}/runs/${encodeURIComponent(id)}`}>{model}</a>
                        {withdrawnReason && ` (${words.withdrawn})`}
                      </>
                    ),
                  },
                  {
                    title: words.snapshot,
                    cell: ({ snapshot }) => (
                      <a class="digest" href={`/page/snapshots/${snapshot}`}>
                        {snapshot.slice(0, 19)}…
                      </a>
                    ),
                  },
                  {
                    title: words.part,
                    cell: ({ split, part }) => [split, part].filter(Boolean).join(' / ') || '—',
                  },
                  { title: words.fold, isNumber: true, cell: ({ fold }) => fold ?? '—' },
                  { title: words.seed, isNumber: true, cell: ({ seed }) => seed ?? '—' },
                  {
                    title: words.metrics,
                    cell: ({ metrics }) =>
                      metrics
                        .map(({ name, part, value }) => `${name} (${part}) ${format.figure(value)}`)
                        .join(', '),
                  },
                  {
                    title: words.when,
                    cell: ({ reportedAt }) => <time dateTime={reportedAt}>{format.moment(reportedAt)}</time>,
                  },
                ]}
              />
            )}
          </More>
        </DatasetFrame>
      )}
    </Asked>
  );
}
