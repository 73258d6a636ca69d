import { useState } from 'preact/hooks';
import { graphql, type ResultOf } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { Changes } from './changes.tsx';
import type { SnapshotData } from './snapshot-query.ts';

const WORDS = dictionary(
  {
    title: 'What changed since another',
    with: 'Compare with',
    now: (revision: string) => `the dataset as it is now (revision ${revision})`,
    parent: 'the one it succeeds',
    revision: (revision: string) => `revision ${revision}`,
    show: 'Compare',
    own: 'Another revision',
    number: 'Revision',
    same: 'Both show the same revision: nothing in the dataset changed between them.',
  },
  {
    title: 'Ce qui a changé depuis un autre',
    with: 'Comparer avec',
    now: (revision: string) => `le jeu tel qu’il est maintenant (révision ${revision})`,
    parent: 'celui auquel il succède',
    revision: (revision: string) => `révision ${revision}`,
    show: 'Comparer',
    own: 'Une autre révision',
    number: 'Révision',
    same: 'Tous deux montrent la même révision : rien n’a changé dans le jeu entre eux.',
  },
);

const ComparedSnapshots = graphql(`
  query ComparedSnapshots($dataset: String!) {
    dataset(slug: $dataset) {
      revision
      snapshots(first: 100) { nodes { digest tags revision } }
    }
  }
`);

type Listed = ResultOf<typeof ComparedSnapshots>['dataset'];
const OWN = 'own';

interface CompareProps {
  dataset: string;
  snapshot: SnapshotData;
  parent: string | null;
}

/** By the revisions that two snapshots show: what was opened and closed between them. */
export function Compare({ dataset, snapshot, parent }: CompareProps) {
  const words = useWords(WORDS);
  return (
    <>
      <h2>{words.title}</h2>
      <Asked query={ComparedSnapshots} variables={{ dataset }}>
        {({ dataset: listed }) => (
          <Choice dataset={dataset} snapshot={snapshot} parent={parent} listed={listed} />
        )}
      </Asked>
    </>
  );
}

function Choice({ dataset, snapshot, parent, listed }: CompareProps & { listed: Listed }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const others = listed.snapshots.nodes.filter(({ digest }) => digest !== snapshot.digest);
  const first = others.find(({ digest }) => digest === parent)?.revision ?? listed.revision;
  const [chosen, choose] = useState(String(first));
  const [own, setOwn] = useState('1');
  const [compared, compare] = useState<number | null>(null);
  return (
    <>
      <form
        class="toolbar fit"
        onSubmit={(event) => {
          event.preventDefault();
          compare(Number(chosen === OWN ? own : chosen));
        }}
      >
        <label>
          <span>{words.with}</span>
          <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
            <option value={listed.revision}>{words.now(format.whole(listed.revision))}</option>
            {others.map(({ digest, tags, revision }) => (
              <option key={digest} value={revision}>
                {[
                  ...tags,
                  `${digest.slice(0, 19)}…`,
                  words.revision(format.whole(revision)),
                  ...(digest === parent ? [words.parent] : []),
                ].join(' · ')}
              </option>
            ))}
            <option value={OWN}>{words.own}</option>
          </select>
        </label>
        {chosen === OWN && (
          <label>
            <span>{words.number}</span>
            <input
              type="number"
              min={1}
              max={listed.revision}
              value={own}
              required
              onInput={(event) => setOwn(event.currentTarget.value)}
            />
          </label>
        )}
        <button type="submit">{words.show}</button>
      </form>
      {compared !== null &&
        (compared === snapshot.revision ? (
          <p role="status">{words.same}</p>
        ) : (
          <Changes
            key={compared}
            dataset={dataset}
            from={Math.min(compared, snapshot.revision)}
            to={Math.max(compared, snapshot.revision)}
          />
        ))}
    </>
  );
}
