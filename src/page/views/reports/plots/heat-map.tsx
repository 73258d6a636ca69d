import * as Plot from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import { dictionary, useFormat, useWords } from '../../../language.tsx';
import { type Estimate, Figured } from '../../../parts/estimate.tsx';
import PlotFigure from '../../../parts/plot-figure.tsx';

const WORDS = dictionary({ value: 'Value' }, { value: 'Valeur' });

export interface HeatCell {
  readonly across: string;
  readonly down: string;
  readonly estimate: Estimate;
  readonly href: string | null;
}

interface HeatMapProps {
  title: string;
  description: string;
  name: string;
  acrossTitle: string;
  downTitle: string;
  cells: readonly HeatCell[];
}

/** Figures of pairs. Every cell bears its number, so the shade only helps the eye along. */
export function HeatMap({ title, description, name, acrossTitle, downTitle, cells }: HeatMapProps) {
  const words = useWords(WORDS);
  const format = useFormat();
  const options = useMemo(
    () => heatOf(cells, { across: acrossTitle, down: downTitle }, format.figure),
    [cells, acrossTitle, downTitle, format],
  );
  if (cells.length === 0) return null;
  return (
    <PlotFigure
      title={title}
      description={description}
      name={name}
      options={options}
      rows={cells}
      keyOf={({ across, down }) => `${across} ${down}`}
      columns={[
        {
          title: downTitle,
          cell: ({ down, href }) => (href ? <a href={href}>{down}</a> : down),
          text: ({ down }) => down,
        },
        { title: acrossTitle, cell: ({ across }) => across, text: ({ across }) => across },
        {
          title: words.value,
          cell: ({ estimate }) => <Figured estimate={estimate} />,
          text: ({ estimate }) => estimate.value,
        },
      ]}
    />
  );
}

function heatOf(
  cells: readonly HeatCell[],
  titles: { across: string; down: string },
  written: (value: number) => string,
): Plot.PlotOptions {
  const drawn = cells.filter(({ estimate }) => estimate.value !== null);
  const longest = Math.max(0, ...drawn.map(({ down }) => down.length));
  const value = ({ estimate }: HeatCell) => estimate.value!;
  const most = Math.max(...drawn.map((cell) => Math.abs(value(cell))), 1e-9);
  const href = (cell: HeatCell) => cell.href ?? undefined;
  return {
    height: 32 * new Set(drawn.map(({ down }) => down)).size + 110,
    marginLeft: Math.min(240, 20 + 7 * longest),
    marginTop: 90,
    padding: 0.06,
    x: { label: titles.across, axis: 'top', tickRotate: -35 },
    y: { label: titles.down },
    marks: [
      Plot.cell(drawn, {
        x: 'across',
        y: 'down',
        fill: 'currentColor',
        fillOpacity: (cell: HeatCell) => 0.05 + (0.4 * Math.abs(value(cell))) / most,
        href,
      }),
      Plot.text(drawn, { x: 'across', y: 'down', text: (cell: HeatCell) => written(value(cell)), href }),
    ],
  };
}
