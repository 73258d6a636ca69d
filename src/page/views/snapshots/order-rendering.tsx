import { useState } from 'preact/hooks';
import { graphql, type ResultOf } from '../../graphql.ts';
import { counted, dictionary, useFormat, useWords } from '../../language.tsx';
import { RefusalFields, useAct } from '../../parts/act.tsx';
import { Asked } from '../../parts/asked.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import type { SnapshotData } from './snapshot-query.ts';
import { SNAPSHOT_WORDS } from './snapshot-words.ts';

const WORDS = dictionary(
  {
    title: 'Order a form of this snapshot',
    verb: (images: string) => `Make it of ${counted(images, 'image')}`,
    means: (images: string, annotations: string) =>
      `It is made once, by a job, of ${images} images and ${annotations} annotations, and kept.`,
    format: 'Form',
    truth: 'What it takes for the truth',
    all: 'what most raters said, or all of them, as the form does',
    consensus: (name: string) => `the consensus ${name}`,
    rater: 'one rater, by pseudonym',
    pseudonym: 'Pseudonym',
    pixels: 'It holds the bytes of the images.',
    limits: 'What this form cannot say',
  },
  {
    title: 'Commander une forme de cet instantané',
    verb: (images: string) => `La faire de ${counted(images, 'image')}`,
    means: (images: string, annotations: string) =>
      `Elle est faite une fois, par une tâche, de ${images} images et ${annotations} annotations, et conservée.`,
    format: 'Forme',
    truth: 'Ce qu’elle tient pour vrai',
    all: 'ce qu’ont dit la plupart des annotateurs, ou tous, selon la forme',
    consensus: (name: string) => `le consensus ${name}`,
    rater: 'un annotateur, par pseudonyme',
    pseudonym: 'Pseudonyme',
    pixels: 'Elle contient les octets des images.',
    limits: 'Ce que cette forme ne peut dire',
  },
);

const Formats = graphql(`
  query RenderingFormats {
    renderingFormats { name purpose limits holdsPixels }
  }
`);

const Order = graphql(
  `
    mutation OrderRendering($input: OrderRenderingInput!) {
      orderRendering(input: $input) {
        __typename
        ... on Rendering { id state }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

const RATER = 'rater:';
const CONSENSUS = 'consensus:';

interface OrderRenderingProps {
  snapshot: SnapshotData;
  consensuses: readonly string[];
  isOpen: boolean;
  close(): void;
  ordered(): void;
}

export function OrderRendering({ snapshot, consensuses, isOpen, close, ordered }: OrderRenderingProps) {
  const words = { ...useWords(SNAPSHOT_WORDS), ...useWords(WORDS) };
  const format = useFormat();
  const act = useAct(Order);
  const [name, setName] = useState('parquet');
  const [truth, setTruth] = useState('');
  const [rater, setRater] = useState('');
  const images = format.whole(snapshot.imageCount);
  const end = () => {
    act.forget();
    close();
  };
  const send = async () => {
    const made = await act.run({
      input: {
        snapshot: snapshot.digest,
        format: name,
        consensus: truth.startsWith(CONSENSUS) ? truth.slice(CONSENSUS.length) : null,
        annotator: truth === RATER ? rater : null,
      },
    });
    if (!made) return;
    end();
    ordered();
  };
  return (
    <Confirm
      title={words.title}
      verb={words.verb(images)}
      isOpen={isOpen}
      isRunning={act.isRunning}
      refusal={act.refusal}
      onConfirm={send}
      onCancel={end}
    >
      <p>
        {words.means(images, format.whole(snapshot.annotationCount))}
        {snapshot.state === 'DEGRADED' && ` (${words.withdrawn})`}
      </p>
      <Asked query={Formats} variables={{}}>
        {({ renderingFormats }) => <FormatChoice formats={renderingFormats} name={name} choose={setName} />}
      </Asked>
      <label>
        <span>{words.truth}</span>
        <select value={truth} onChange={(event) => setTruth(event.currentTarget.value)}>
          <option value="">{words.all}</option>
          {consensuses.map((each) => (
            <option key={each} value={CONSENSUS + each}>
              {words.consensus(each)}
            </option>
          ))}
          <option value={RATER}>{words.rater}</option>
        </select>
      </label>
      {truth === RATER && (
        <label>
          <span>{words.pseudonym}</span>
          <input value={rater} required onInput={(event) => setRater(event.currentTarget.value)} />
        </label>
      )}
    </Confirm>
  );
}

interface FormatChoiceProps {
  formats: ResultOf<typeof Formats>['renderingFormats'];
  name: string;
  choose(name: string): void;
}

function FormatChoice({ formats, name, choose }: FormatChoiceProps) {
  const words = useWords(WORDS);
  const chosen = formats.find((each) => each.name === name);
  return (
    <>
      <label>
        <span>{words.format}</span>
        <select value={name} onChange={(event) => choose(event.currentTarget.value)}>
          {formats.map((each) => (
            <option key={each.name} value={each.name}>
              {each.name}
            </option>
          ))}
        </select>
      </label>
      {chosen && (
        <>
          <p>
            <span lang="en">{chosen.purpose}</span> {chosen.holdsPixels && words.pixels}
          </p>
          <p>{words.limits}:</p>
          <ul lang="en">
            {chosen.limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
