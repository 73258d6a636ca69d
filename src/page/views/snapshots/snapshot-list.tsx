import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { More } from '../../parts/more.tsx';
import { Table } from '../../parts/table.tsx';
import { SNAPSHOT_WORDS } from './snapshot-words.ts';
import { StateMark } from './state-marks.tsx';

const WORDS = dictionary(
  { caption: 'Snapshots, the newest first', use: 'Use instead' },
  { caption: 'Instantanés, le plus récent d’abord', use: 'Utiliser à la place' },
);

const SnapshotPage = graphql(`
  query SnapshotPage($dataset: String!, $after: String) {
    dataset(slug: $dataset) {
      snapshots(first: 50, after: $after) {
        nodes {
          digest
          tags
          state
          revision
          imageCount
          annotationCount
          publishedAt
          deprecation { reason successor }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export function SnapshotList({ dataset }: { dataset: string }) {
  const words = { ...useWords(SNAPSHOT_WORDS), ...useWords(WORDS) };
  const format = useFormat();
  return (
    <More query={SnapshotPage} variables={{ dataset }} connection={({ dataset: held }) => held.snapshots}>
      {(snapshots) => (
        <Table
          caption={words.caption}
          isCaptionHidden
          rows={snapshots}
          keyOf={({ digest }) => digest}
          columns={[
            { title: words.digest, cell: ({ digest }) => <SnapshotLink digest={digest} /> },
            { title: words.tags, cell: ({ tags }) => tags.join(', ') || '—' },
            {
              title: words.state,
              cell: ({ state, deprecation }) => (
                <>
                  <StateMark state={state} />{' '}
                  {deprecation && state !== 'DEPRECATED' && <StateMark state="DEPRECATED" />}
                  {deprecation && <p>{deprecation.reason}</p>}
                  {deprecation?.successor && (
                    <p>
                      {words.use} <SnapshotLink digest={deprecation.successor} />
                    </p>
                  )}
                </>
              ),
            },
            {
              title: words.images,
              isNumber: true,
              cell: ({ imageCount }) => format.whole(imageCount),
            },
            {
              title: words.annotations,
              isNumber: true,
              cell: ({ annotationCount }) => format.whole(annotationCount),
            },
            { title: words.revision, isNumber: true, cell: ({ revision }) => format.whole(revision) },
            {
              title: words.published,
              cell: ({ publishedAt }) => <time dateTime={publishedAt}>{format.moment(publishedAt)}</time>,
            },
          ]}
        />
      )}
    </More>
  );
}

/** The beginning of a digest, which leads to the whole of it. */
export function SnapshotLink({ digest }: { digest: string }) {
  return (
    <a class="digest" href={`/page/snapshots/${digest}`} title={digest}>
      {digest.slice(0, 19)}…
    </a>
  );
}
