import { graphql, type ResultOf } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { More } from '../../parts/more.tsx';
import { Table } from '../../parts/table.tsx';
import { DatasetFrame } from '../dataset-frame.tsx';

const WORDS = dictionary(
  {
    lead: 'What was ordered and is made without anybody waiting: reports, consensuses, forms of snapshots, successors.',
    open: 'Waiting or running',
    none: 'Nothing is waiting or running.',
    ended: 'Ended',
    what: 'What',
    kind: 'Kind',
    state: 'State',
    progress: 'Progress',
    ordered: 'Ordered',
    finished: 'Finished',
    of: (done: string, total: string) => `${done} of ${total}`,
    WAITING: 'waiting',
    RUNNING: 'running',
    DONE: '✔ done',
    FAILED: '✖ failed',
    CANCELLED: 'stopped',
  },
  {
    lead: 'Ce qui a été commandé et se fait sans que personne n’attende : rapports, consensus, formes d’instantanés, successeurs.',
    open: 'En attente ou en cours',
    none: 'Rien n’attend ni ne tourne.',
    ended: 'Terminées',
    what: 'Quoi',
    kind: 'Genre',
    state: 'État',
    progress: 'Avancement',
    ordered: 'Commandée',
    finished: 'Terminée',
    of: (done: string, total: string) => `${done} sur ${total}`,
    WAITING: 'en attente',
    RUNNING: 'en cours',
    DONE: '✔ faite',
    FAILED: '✖ échouée',
    CANCELLED: 'arrêtée',
  },
);

const JobFields = graphql(`
  fragment JobFields on Job @_unmask {
    id
    kind
    state
    what
    orderedAt
    finishedAt
    error
    progress { done total }
    ... on ReportJob { report }
    ... on RenderingJob { snapshot }
  }
`);

const OpenJobs = graphql(
  `
    query OpenJobs($dataset: String!) {
      dataset(slug: $dataset) {
        title
        jobs(first: 100, open: true) { nodes { __typename ...JobFields } }
      }
    }
  `,
  [JobFields],
);

const EndedJobs = graphql(
  `
    query EndedJobs($dataset: String!, $after: String) {
      dataset(slug: $dataset) {
        jobs(first: 30, after: $after, open: false) {
          nodes { __typename ...JobFields }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  `,
  [JobFields],
);

type Job = ResultOf<typeof JobFields>;

const BUSY_MILLISECONDS = 1_000;
const IDLE_MILLISECONDS = 5_000;

/** Asked again while anything is under way, so that progress is seen; a lost connection is told and waited out. */
export default function Jobs({ dataset }: { dataset: string }) {
  const words = useWords(WORDS);
  return (
    <Asked
      query={OpenJobs}
      variables={{ dataset }}
      every={(data) => (data.dataset.jobs.nodes.length > 0 ? BUSY_MILLISECONDS : IDLE_MILLISECONDS)}
    >
      {({ dataset: { title, jobs } }) => (
        <DatasetFrame dataset={dataset} title={title}>
          <p class="lead">{words.lead}</p>
          <h2>{words.open}</h2>
          <div role="status">
            {jobs.nodes.length === 0 ? (
              <p class="none">{words.none}</p>
            ) : (
              <JobTable caption={words.open} dataset={dataset} jobs={jobs.nodes} />
            )}
          </div>
          <h2>{words.ended}</h2>
          <More
            key={jobs.nodes.length}
            query={EndedJobs}
            variables={{ dataset }}
            connection={(data) => data.dataset.jobs}
          >
            {(ended) => <JobTable caption={words.ended} dataset={dataset} jobs={ended} />}
          </More>
        </DatasetFrame>
      )}
    </Asked>
  );
}

function JobTable({ caption, dataset, jobs }: { caption: string; dataset: string; jobs: readonly Job[] }) {
  const words = useWords(WORDS);
  const format = useFormat();
  return (
    <Table
      caption={caption}
      isCaptionHidden
      rows={jobs}
      keyOf={({ kind, id }) => `${kind} ${id}`}
      columns={[
        { title: words.what, cell: (job) => <Named dataset={dataset} job={job} /> },
        { title: words.kind, cell: ({ kind }) => <code>{kind}</code> },
        {
          title: words.state,
          cell: ({ state, error }) => (
            <>
              {words[state]} {error && <span lang="en">{error}</span>}
            </>
          ),
        },
        {
          title: words.progress,
          cell: ({ progress }) =>
            progress && progress.total > 0 ? (
              <>
                {words.of(format.whole(progress.done), format.whole(progress.total))}{' '}
                <progress value={progress.done} max={progress.total} aria-label={words.progress} />
              </>
            ) : (
              '—'
            ),
        },
        { title: words.ordered, cell: ({ orderedAt }) => format.moment(orderedAt) },
        { title: words.finished, cell: ({ finishedAt }) => (finishedAt ? format.moment(finishedAt) : '—') },
      ]}
    />
  );
}

function Named({ dataset, job }: { dataset: string; job: Job }) {
  const name = (
    <span lang="en" class="long">
      {job.what}
    </span>
  );
  if ('report' in job && job.report)
    return <a href={`/page/datasets/${dataset}/reports/${encodeURIComponent(job.report)}`}>{name}</a>;
  if ('snapshot' in job && job.snapshot) return <a href={`/page/snapshots/${job.snapshot}`}>{name}</a>;
  return name;
}
