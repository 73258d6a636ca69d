import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Table } from '../../parts/table.tsx';
import type { SeenImageData } from './seen-image.ts';

const WORDS = dictionary(
  {
    title: 'Labels',
    none: 'Nobody has labelled this image.',
    show: (rater: string) => `Show what ${rater} drew`,
    agree: (most: string, of: string, label: string) =>
      `${most} of ${of} raters of the whole image say ${label}.`,
    agreeAll: (of: string, label: string) => `All ${of} raters of the whole image say ${label}.`,
    one: 'One rater only: that is an opinion, no agreement.',
    rater: 'Rater',
    kind: 'Kind',
    label: 'Label',
    when: 'When',
    round: 'Round',
    pass: (pass: number) => `pass ${pass}`,
  },
  {
    title: 'Étiquettes',
    none: 'Personne n’a étiqueté cette image.',
    show: (rater: string) => `Montrer ce que ${rater} a tracé`,
    agree: (most: string, of: string, label: string) =>
      `${most} des ${of} annotateurs de l’image entière disent ${label}.`,
    agreeAll: (of: string, label: string) => `Les ${of} annotateurs de l’image entière disent tous ${label}.`,
    one: 'Un seul annotateur : c’est un avis, pas un accord.',
    rater: 'Annotateur',
    kind: 'Genre',
    label: 'Étiquette',
    when: 'Quand',
    round: 'Tour',
    pass: (pass: number) => `passe ${pass}`,
  },
);

type Annotation = SeenImageData['annotations'][number];

interface ImageLabelsProps {
  annotations: readonly Annotation[];
  raters: readonly string[];
  hidden: ReadonlySet<string>;
  hide(rater: string, isHidden: boolean): void;
}

export function ImageLabels({ annotations, raters, hidden, hide }: ImageLabelsProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const drew = raters.filter((rater) =>
    annotations.some(({ annotator, geometry }) => annotator === rater && geometry),
  );
  return (
    <section>
      <h3>{words.title}</h3>
      {annotations.length === 0 && <p class="none">{words.none}</p>}
      <Agreement annotations={annotations} />
      {drew.map((rater) => (
        <label key={rater} class="choice">
          <input
            type="checkbox"
            checked={!hidden.has(rater)}
            onChange={(event) => hide(rater, !event.currentTarget.checked)}
          />
          <span class={`swatch rater-${raters.indexOf(rater) % 8}`} /> {words.show(rater)}
        </label>
      ))}
      {annotations.length > 0 && (
        <Table
          caption={words.title}
          isCaptionHidden
          rows={annotations}
          keyOf={({ id }) => id}
          columns={[
            { title: words.rater, cell: ({ annotator }) => annotator },
            { title: words.kind, cell: ({ kind }) => <code>{kind}</code> },
            {
              title: words.label,
              cell: ({ label, attribute, value, votes }) =>
                `${label ?? (attribute ? `${attribute}: ${value}` : '—')}${votes > 1 ? ` ×${votes}` : ''}`,
            },
            {
              title: words.when,
              cell: ({ annotatedAt }) =>
                annotatedAt && <time dateTime={annotatedAt}>{format.moment(annotatedAt)}</time>,
            },
            {
              title: words.round,
              cell: ({ round, pass }) =>
                [round, pass > 1 ? words.pass(pass) : null].filter(Boolean).join(', '),
            },
          ]}
        />
      )}
    </section>
  );
}

/** Of labels of the whole image, each rater's first pass: how many say what most say. No figure of chance: one image has none. */
function Agreement({ annotations }: { annotations: readonly Annotation[] }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const said = new Map(
    annotations
      .filter(({ kind, label, pass, votes }) => kind === 'CLASS' && label && pass === 1 && votes === 1)
      .map(({ annotator, label }) => [annotator, label!]),
  );
  if (said.size === 0) return null;
  if (said.size === 1) return <p>{words.one}</p>;
  const counts = new Map<string, number>();
  for (const label of said.values()) counts.set(label, (counts.get(label) ?? 0) + 1);
  const [label, most] = [...counts].sort(([, one], [, other]) => other - one)[0]!;
  const of = format.whole(said.size);
  return <p>{most === said.size ? words.agreeAll(of, label) : words.agree(format.whole(most), of, label)}</p>;
}
