import { useState } from 'preact/hooks';
import { graphql, type ResultOf } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { FileLink } from '../../parts/file-link.tsx';
import { OrderRendering } from './order-rendering.tsx';
import type { SnapshotData } from './snapshot-query.ts';

const WORDS = dictionary(
  {
    title: 'Forms (renderings), and what each of them loses',
    lead: 'A form is made from the snapshot and is never part of what the digest covers.',
    none: 'No form was made yet; each is made when it is first fetched, or ordered here.',
    order: 'Order a form…',
    WAITING: '… waiting',
    RUNNING: '… being made',
    DONE: '✔ made',
    FAILED: '✖ failed',
    progress: (format: string) => `Progress of ${format}`,
    losses: (count: number) => (count === 0 ? 'Nothing is lost.' : `What is lost (${count})`),
    files: (count: number) => `Files (${count})`,
    truth: (name: string) => `by the consensus ${name}`,
    rater: (name: string) => `by the rater ${name}`,
  },
  {
    title: 'Formes (rendus), et ce que chacune perd',
    lead: 'Une forme est faite à partir de l’instantané et ne fait jamais partie de ce que couvre l’empreinte.',
    none: 'Aucune forme n’a encore été faite ; chacune se fait à la première récupération, ou se commande ici.',
    order: 'Commander une forme…',
    WAITING: '… en attente',
    RUNNING: '… en cours',
    DONE: '✔ faite',
    FAILED: '✖ échouée',
    progress: (format: string) => `Avancement de ${format}`,
    losses: (count: number) => (count === 0 ? 'Rien n’est perdu.' : `Ce qui est perdu (${count})`),
    files: (count: number) => `Fichiers (${count})`,
    truth: (name: string) => `par le consensus ${name}`,
    rater: (name: string) => `par l’annotateur ${name}`,
  },
);

const RenderingsOf = graphql(`
  query RenderingsOf($digest: String!) {
    snapshot(digest: $digest) {
      id
      renderings {
        id
        state
        done
        total
        fault
        consensus
        annotator
        format { name purpose }
        losses { what count message }
        files { address path size }
      }
    }
  }
`);

type Rendering = ResultOf<typeof RenderingsOf>['snapshot']['renderings'][number];
const ASK_AGAIN_MILLISECONDS = 2_000;

interface RenderingsProps {
  snapshot: SnapshotData;
  consensuses: readonly string[];
}

export function Renderings({ snapshot, consensuses }: RenderingsProps) {
  const words = useWords(WORDS);
  const [isOrdering, setOrdering] = useState(false);
  const isUnderWay = ({ state }: Rendering) => state === 'WAITING' || state === 'RUNNING';
  return (
    <>
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      <Asked
        query={RenderingsOf}
        variables={{ digest: snapshot.digest }}
        every={({ snapshot: { renderings } }) =>
          renderings.some(isUnderWay) ? ASK_AGAIN_MILLISECONDS : null
        }
      >
        {({ snapshot: { renderings } }, again) => (
          <>
            {renderings.length === 0 && <p class="none">{words.none}</p>}
            <ul class="tiles">
              {renderings.map((rendering) => (
                <li key={rendering.id}>
                  <Made rendering={rendering} />
                </li>
              ))}
            </ul>
            <div class="toolbar">
              <button type="button" onClick={() => setOrdering(true)}>
                {words.order}
              </button>
            </div>
            <OrderRendering
              snapshot={snapshot}
              consensuses={consensuses}
              isOpen={isOrdering}
              close={() => setOrdering(false)}
              ordered={again}
            />
          </>
        )}
      </Asked>
    </>
  );
}

function Made({ rendering }: { rendering: Rendering }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const { state, done, total, losses, files, consensus, annotator } = rendering;
  const isUnderWay = state === 'WAITING' || state === 'RUNNING';
  return (
    <>
      <h3>{rendering.format.name}</h3>
      <p>
        <span class="state">{words[state]}</span> {consensus && words.truth(consensus)}
        {annotator && words.rater(annotator)}
      </p>
      <p lang="en">{rendering.format.purpose}</p>
      {isUnderWay && (
        <progress value={done} max={total || 1} aria-label={words.progress(rendering.format.name)} />
      )}
      {rendering.fault && <p lang="en">{rendering.fault}</p>}
      {state === 'DONE' &&
        (losses.length === 0 ? (
          <p>{words.losses(0)}</p>
        ) : (
          <details>
            <summary>{words.losses(losses.length)}</summary>
            <ul>
              {losses.map(({ what, count, message }) => (
                <li key={what}>
                  {format.whole(count)} <code>{what}</code>: <span lang="en">{message}</span>
                </li>
              ))}
            </ul>
          </details>
        ))}
      {files.length > 0 && (
        <details>
          <summary>{words.files(files.length)}</summary>
          <ul>
            {files.map(({ address, path, size }) => (
              <li key={path}>
                <FileLink address={address} name={path.split('/').at(-1)!} label={path} />{' '}
                {format.bytes(size)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
