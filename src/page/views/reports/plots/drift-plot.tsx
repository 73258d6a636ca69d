import * as Plot from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import { dictionary, useFormat, useWords } from '../../../language.tsx';
import PlotFigure from '../../../parts/plot-figure.tsx';

const WORDS = dictionary(
  { first: 'From', last: 'To', mean: 'Mean', step: 'Jump since' },
  { first: 'Du', last: 'Au', mean: 'Moyenne', step: 'Saut depuis' },
);

interface DriftPoint {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly mean: number;
}

interface DriftPlotProps {
  title: string;
  description: string;
  name: string;
  measure: string;
  points: readonly DriftPoint[];
  /** Days since when the measure jumped. */
  steps: readonly string[];
  href: (day: string) => string;
}

/** A measure over time, a dot a stretch of time, with the days since when it jumped. */
export function DriftPlot({ title, description, name, measure, points, steps, href }: DriftPlotProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const options = useMemo(() => lineOf(points, steps, measure), [points, steps, measure]);
  return (
    <PlotFigure
      title={title}
      description={description}
      name={name}
      options={options}
      rows={points}
      keyOf={({ firstDay }) => firstDay}
      columns={[
        {
          title: words.first,
          cell: ({ firstDay }) => <a href={href(firstDay)}>{firstDay}</a>,
          text: ({ firstDay }) => firstDay,
        },
        { title: words.last, cell: ({ lastDay }) => lastDay, text: ({ lastDay }) => lastDay },
        {
          title: words.mean,
          isNumber: true,
          cell: ({ mean }) => format.figure(mean),
          text: ({ mean }) => mean,
        },
        {
          title: words.step,
          cell: (point) => stepsIn(point, steps).join(', '),
          text: (point) => stepsIn(point, steps).join(' '),
        },
      ]}
    />
  );
}

const stepsIn = ({ firstDay, lastDay }: DriftPoint, steps: readonly string[]) =>
  steps.filter((day) => firstDay <= day && day <= lastDay);

function lineOf(points: readonly DriftPoint[], steps: readonly string[], measure: string): Plot.PlotOptions {
  const day = ({ firstDay }: DriftPoint) => new Date(firstDay);
  return {
    height: 220,
    marginLeft: 60,
    x: { label: null, type: 'utc' },
    y: { label: measure, grid: true, nice: true },
    marks: [
      Plot.ruleX(
        steps.map((since) => new Date(since)),
        { strokeDasharray: '3 3' },
      ),
      Plot.lineY(points, { x: day, y: 'mean', stroke: 'currentColor', strokeOpacity: 0.5 }),
      Plot.dot(points, { x: day, y: 'mean', r: 2.5, fill: 'currentColor' }),
    ],
  };
}
