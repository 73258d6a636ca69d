import * as Plot from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import { dictionary, useFormat, useWords } from '../../../language.tsx';
import { type Estimate, Figured } from '../../../parts/estimate.tsx';
import PlotFigure from '../../../parts/plot-figure.tsx';

const WORDS = dictionary(
  {
    what: 'What',
    value: 'Value',
    interval: 'Interval',
    lower: 'Lower limit',
    upper: 'Upper limit',
    images: 'Images',
    units: 'Units',
    left: (count: string) => `${count} of them cannot be estimated; the table says why.`,
  },
  {
    what: 'Quoi',
    value: 'Valeur',
    interval: 'Intervalle',
    lower: 'Limite basse',
    upper: 'Limite haute',
    images: 'Images',
    units: 'Unités',
    left: (count: string) => `${count} d’entre elles ne peuvent être estimées ; le tableau dit pourquoi.`,
  },
);

export interface IntervalRow {
  readonly name: string;
  readonly estimate: Estimate;
  /** To the images concerned; null: they have no address. */
  readonly href: string | null;
}

interface IntervalPlotProps {
  title: string;
  description: string;
  name: string;
  rows: readonly IntervalRow[];
  /** Lines to read the figures against: 1 for a ratio, the limits of a card. */
  marks: readonly number[];
  /** Counts begin at nothing and are drawn as bars. */
  areCounts?: boolean;
}

/** Estimates with their intervals, a line each, in the order given. */
export function IntervalPlot({
  title,
  description,
  name,
  rows,
  marks,
  areCounts = false,
}: IntervalPlotProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const missing = rows.filter(({ estimate }) => estimate.value === null).length;
  const options = useMemo(
    () => (missing === rows.length ? null : intervalsOf(rows, marks, areCounts)),
    [rows, marks, areCounts, missing],
  );
  if (rows.length === 0) return null;
  return (
    <PlotFigure
      title={title}
      description={missing > 0 ? `${description} ${words.left(format.whole(missing))}` : description}
      name={name}
      options={options}
      rows={rows}
      keyOf={(row) => row.name}
      columns={[
        {
          title: words.what,
          cell: (row) => (row.href ? <a href={row.href}>{row.name}</a> : row.name),
          text: (row) => row.name,
        },
        {
          title: words.value,
          cell: ({ estimate }) => <Figured estimate={estimate} withCounts={false} />,
          text: ({ estimate }) => estimate.value,
        },
        { title: words.lower, cell: lowerOf, text: lowerOf, isNumber: true },
        { title: words.upper, cell: upperOf, text: upperOf, isNumber: true },
        {
          title: words.images,
          isNumber: true,
          cell: ({ estimate }) => format.whole(estimate.imageCount),
          text: ({ estimate }) => estimate.imageCount,
        },
        {
          title: words.units,
          isNumber: true,
          cell: ({ estimate }) => format.whole(estimate.unitCount),
          text: ({ estimate }) => estimate.unitCount,
        },
      ]}
    />
  );
}

const lowerOf = ({ estimate }: IntervalRow) =>
  estimate.interval ? Number(estimate.interval.lower.toPrecision(4)) : null;
const upperOf = ({ estimate }: IntervalRow) =>
  estimate.interval ? Number(estimate.interval.upper.toPrecision(4)) : null;

function intervalsOf(
  rows: readonly IntervalRow[],
  marks: readonly number[],
  areCounts: boolean,
): Plot.PlotOptions {
  const drawn = rows.filter(({ estimate }) => estimate.value !== null);
  const names = drawn.map((row) => row.name);
  const href = (row: IntervalRow) => row.href ?? undefined;
  const value = ({ estimate }: IntervalRow) => estimate.value;
  return {
    height: 30 * drawn.length + 50,
    marginLeft: Math.min(220, 20 + 7 * Math.max(0, ...names.map(({ length }) => length))),
    marginRight: areCounts ? 50 : 30,
    x: { label: null, grid: true, nice: true },
    y: { label: null, domain: names },
    marks: [
      Plot.ruleX(marks, { strokeDasharray: '3 3' }),
      Plot.ruleY(
        drawn.filter(({ estimate }) => estimate.interval),
        {
          y: 'name',
          x1: ({ estimate }: IntervalRow) => estimate.interval!.lower,
          x2: ({ estimate }: IntervalRow) => estimate.interval!.upper,
          strokeWidth: 4,
          strokeOpacity: 0.55,
          href,
        },
      ),
      areCounts
        ? Plot.barX(drawn, { y: 'name', x: value, fill: 'currentColor', fillOpacity: 0.55, href })
        : Plot.dot(drawn, { y: 'name', x: value, r: 5, fill: 'currentColor', href }),
      Plot.text(areCounts ? drawn : [], { y: 'name', x: value, text: value, dx: 4, textAnchor: 'start' }),
    ],
  };
}
