import { useState } from 'preact/hooks';
import { graphql } from '../../graphql.ts';
import { counted, dictionary, useFormat, useWords } from '../../language.tsx';
import { RefusalFields, useAct } from '../../parts/act.tsx';
import { Asked } from '../../parts/asked.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import type { SnapshotData } from './snapshot-query.ts';
import { SNAPSHOT_WORDS } from './snapshot-words.ts';

const WORDS = dictionary(
  {
    open: 'Deprecate…',
    title: 'Deprecate this snapshot',
    verb: (images: string) => `Deprecate ${counted(images, 'image')}`,
    means: (images: string, annotations: string) =>
      `${images} images and ${annotations} annotations are still served under their digest; everybody who looks at it reads that it should be used no more. It is said once and not taken back.`,
    runs: (count: string) => `${count} training runs were reported on it, and stay as they are.`,
    moreRuns: (count: string) =>
      `More than ${count} training runs were reported on it, and stay as they are.`,
    reason: 'Reason',
    successor: 'To be used in its place',
    none: 'none',
  },
  {
    open: 'Déclarer obsolète…',
    title: 'Déclarer cet instantané obsolète',
    verb: (images: string) => `Déclarer obsolètes ${counted(images, 'image')}`,
    means: (images: string, annotations: string) =>
      `${images} images et ${annotations} annotations restent servies sous leur empreinte ; qui le regarde lit qu’il ne devrait plus être utilisé. Cela se dit une fois et ne se reprend pas.`,
    runs: (count: string) => `${count} entraînements y ont été déclarés, et restent tels quels.`,
    moreRuns: (count: string) => `Plus de ${count} entraînements y ont été déclarés, et restent tels quels.`,
    reason: 'Raison',
    successor: 'À utiliser à sa place',
    none: 'aucun',
  },
);

const Deprecate = graphql(
  `
    mutation DeprecateSnapshot($input: DeprecateSnapshotInput!) {
      deprecateSnapshot(input: $input) {
        __typename
        ... on Snapshot { id state }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

const Successors = graphql(`
  query Successors($dataset: String!, $digest: String!) {
    dataset(slug: $dataset) { snapshots(first: 100) { nodes { digest tags } } }
    snapshot(digest: $digest) { id trainingRuns(first: 100) { nodes { id } pageInfo { hasNextPage } } }
  }
`);

interface DeprecateSnapshotProps {
  dataset: string;
  snapshot: SnapshotData;
  changed(): void;
}

export function DeprecateSnapshot({ dataset, snapshot, changed }: DeprecateSnapshotProps) {
  const words = { ...useWords(SNAPSHOT_WORDS), ...useWords(WORDS) };
  const format = useFormat();
  const act = useAct(Deprecate);
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [successor, setSuccessor] = useState('');
  const { digest, imageCount, annotationCount, state } = snapshot;
  const close = () => {
    act.forget();
    setOpen(false);
  };
  const send = async () => {
    if (!(await act.run({ input: { snapshot: digest, reason, successor: successor || null } }))) return;
    close();
    changed();
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {words.open}
      </button>
      <Confirm
        title={words.title}
        verb={words.verb(format.whole(imageCount))}
        isOpen={isOpen}
        isRunning={act.isRunning}
        refusal={act.refusal}
        isFinal
        onConfirm={send}
        onCancel={close}
      >
        <p>
          {words.means(format.whole(imageCount), format.whole(annotationCount))}
          {state === 'DEGRADED' && ` (${words.withdrawn})`}
        </p>
        <label>
          <span>{words.reason}</span>
          <textarea value={reason} required onInput={(event) => setReason(event.currentTarget.value)} />
        </label>
        <Asked query={Successors} variables={{ dataset, digest }}>
          {({ dataset: { snapshots }, snapshot: { trainingRuns } }) => (
            <>
              <label>
                <span>{words.successor}</span>
                <select value={successor} onChange={(event) => setSuccessor(event.currentTarget.value)}>
                  <option value="">{words.none}</option>
                  {snapshots.nodes
                    .filter((other) => other.digest !== digest)
                    .map((other) => (
                      <option key={other.digest} value={other.digest}>
                        {[...other.tags, `${other.digest.slice(0, 19)}…`].join(' · ')}
                      </option>
                    ))}
                </select>
              </label>
              <p>
                {(trainingRuns.pageInfo.hasNextPage ? words.moreRuns : words.runs)(
                  format.whole(trainingRuns.nodes.length),
                )}
              </p>
            </>
          )}
        </Asked>
      </Confirm>
    </>
  );
}
