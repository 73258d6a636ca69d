import * as Plot from '@observablehq/plot';
import { useMemo, useState } from 'preact/hooks';
import { graphql, type ResultOf, type VariablesOf } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import PlotFigure from '../../parts/plot-figure.tsx';

const WORDS = dictionary(
  {
    title: 'What it holds',
    by: 'By',
    CLASS: 'class',
    CAPTURE_MONTH: 'month of capture',
    factor: (name: string) => `factor ${name}`,
    plot: (by: string) => `Kept images by ${by}`,
    read: 'Each bar counts images; units (what is independent) stand in the table. A bar leads to its images.',
    missing: (count: string) => `${count} images have no value.`,
    more: (shown: string, of: string) => `The ${shown} largest of ${of} values.`,
    coarse: (step: string) => `Counts are told in steps of ${step}, as the dataset is personal.`,
    value: 'Value',
    images: 'Images',
    units: 'Units',
    hidden: 'not told',
  },
  {
    title: 'Ce qu’il contient',
    by: 'Par',
    CLASS: 'classe',
    CAPTURE_MONTH: 'mois de prise de vue',
    factor: (name: string) => `facteur ${name}`,
    plot: (by: string) => `Images gardées par ${by}`,
    read: 'Chaque barre compte des images ; les unités (ce qui est indépendant) sont dans le tableau. Une barre mène à ses images.',
    missing: (count: string) => `${count} images n’ont pas de valeur.`,
    more: (shown: string, of: string) => `Les ${shown} plus grandes valeurs sur ${of}.`,
    coarse: (step: string) => `Les comptes vont par pas de ${step}, car le jeu est personnel.`,
    value: 'Valeur',
    images: 'Images',
    units: 'Unités',
    hidden: 'non dit',
  },
);

const Holdings = graphql(`
  query Holdings($dataset: String!, $by: TallyBy!, $factor: String) {
    dataset(slug: $dataset) {
      tally(by: $by, factor: $factor, first: 40, filter: { kept: true }) {
        step
        valueCount
        missing { images units }
        rows { value images units }
      }
    }
  }
`);

type Tally = ResultOf<typeof Holdings>['dataset']['tally'];
type By = VariablesOf<typeof Holdings>['by'];

/** What a dataset holds: by class, over time, by any of its factors. */
export default function HeldImages({ dataset, factors }: { dataset: string; factors: readonly string[] }) {
  const words = useWords(WORDS);
  const [chosen, choose] = useState('CLASS');
  const isFactor = chosen.startsWith('factor:');
  const factor = isFactor ? chosen.slice('factor:'.length) : null;
  const named = factor === null ? words[chosen as 'CLASS' | 'CAPTURE_MONTH'] : words.factor(factor);
  return (
    <section>
      <h2>{words.title}</h2>
      <label class="choice">
        <span>{words.by}</span>
        <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="CLASS">{words.CLASS}</option>
          <option value="CAPTURE_MONTH">{words.CAPTURE_MONTH}</option>
          {factors.map((name) => (
            <option key={name} value={`factor:${name}`}>
              {words.factor(name)}
            </option>
          ))}
        </select>
      </label>
      <Asked query={Holdings} variables={{ dataset, by: (isFactor ? 'FACTOR' : chosen) as By, factor }}>
        {(answer) => (
          <Bars dataset={dataset} tally={answer.dataset.tally} chosen={chosen} title={words.plot(named)} />
        )}
      </Asked>
    </section>
  );
}

interface BarsProps {
  dataset: string;
  tally: Tally;
  chosen: string;
  title: string;
}

function Bars({ dataset, tally, chosen, title }: BarsProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const rows = useMemo(
    () =>
      chosen === 'CAPTURE_MONTH'
        ? [...tally.rows].sort((one, other) => (one.value < other.value ? -1 : 1))
        : tally.rows,
    [tally, chosen],
  );
  const options = useMemo(
    () => barsOf(rows, (value) => addressOf(dataset, chosen, value)),
    [rows, dataset, chosen],
  );
  const told = (count: number | null) => (count === null ? words.hidden : format.whole(count));
  return (
    <>
      <PlotFigure
        title={title}
        description={words.read}
        name={`${dataset}-${chosen.replace(/\W+/g, '-').toLowerCase()}`}
        options={options}
        rows={rows}
        keyOf={({ value }) => value}
        columns={[
          {
            title: words.value,
            cell: ({ value }) => <a href={addressOf(dataset, chosen, value)}>{value}</a>,
            text: ({ value }) => value,
          },
          {
            title: words.images,
            isNumber: true,
            cell: ({ images }) => told(images),
            text: ({ images }) => images,
          },
          {
            title: words.units,
            isNumber: true,
            cell: ({ units }) => told(units),
            text: ({ units }) => units,
          },
        ]}
      />
      <p>
        {words.missing(told(tally.missing.images))}{' '}
        {tally.valueCount > rows.length &&
          words.more(format.whole(rows.length), format.whole(tally.valueCount))}{' '}
        {tally.step > 1 && words.coarse(format.whole(tally.step))}
      </p>
    </>
  );
}

function barsOf(rows: Tally['rows'], href: (value: string) => string): Plot.PlotOptions {
  const told = rows.filter(({ images }) => images !== null);
  return {
    height: Math.max(80, 26 * told.length + 40),
    marginLeft: 130,
    marginRight: 50,
    x: { label: null, grid: true },
    y: { label: null, domain: told.map(({ value }) => value) },
    marks: [
      Plot.barX(told, {
        x: 'images',
        y: 'value',
        fill: 'currentColor',
        fillOpacity: 0.55,
        href: ({ value }: { value: string }) => href(value),
      }),
      Plot.text(told, { x: 'images', y: 'value', text: 'images', dx: 4, textAnchor: 'start' }),
      Plot.ruleX([0]),
    ],
  };
}

/** The images of one bar. */
function addressOf(dataset: string, chosen: string, value: string): string {
  const factor = chosen === 'CAPTURE_MONTH' ? 'captureMonth' : chosen.slice('factor:'.length);
  const asked = chosen === 'CLASS' ? ['class', value] : ['factor', `${factor}=${value}`];
  return `/page/datasets/${dataset}/images?${new URLSearchParams([asked])}`;
}
