import * as Plot from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { type Estimate, Figured } from '../../parts/estimate.tsx';
import PlotFigure from '../../parts/plot-figure.tsx';
import type { BalanceData } from './balance-fields.ts';

const WORDS = dictionary(
  {
    plot: 'How far each part stands from the training part',
    described:
      'Standardized difference of each recorded variable, with its 95 % interval; 0 is alike. Shape and word tell the parts apart.',
    variable: 'Variable',
    part: 'Part',
    difference: 'Standardized difference',
    percentile: 'Further out than this share of random splits',
    chance: 'Beyond chance',
    yes: 'yes',
    no: 'no',
    unjudged: 'not judged',
    shown: (shown: string, of: string) => `${shown} of ${of} variables`,
  },
  {
    plot: 'Écart de chaque partie à la partie d’entraînement',
    described:
      'Différence standardisée de chaque variable relevée, avec son intervalle à 95 % ; 0 : semblables. Forme et mot distinguent les parties.',
    variable: 'Variable',
    part: 'Partie',
    difference: 'Différence standardisée',
    percentile: 'Plus loin que cette part de partitions au hasard',
    chance: 'Au-delà du hasard',
    yes: 'oui',
    no: 'non',
    unjudged: 'non jugé',
    shown: (shown: string, of: string) => `${shown} variables sur ${of}`,
  },
);

interface BalanceRow {
  readonly variable: string;
  readonly part: string;
  readonly difference: Estimate;
  readonly percentile: Estimate;
  readonly isBeyondChance: boolean | null;
}

/** A row for each variable and part, the parts of one variable together. */
function balanceRows({ balance }: BalanceData): BalanceRow[] {
  return balance.flatMap(({ name, compared }) =>
    compared.map(({ part, standardizedDifference, percentile, isBeyondChance }) => ({
      ...{ variable: name, part, percentile, isBeyondChance },
      difference: standardizedDifference,
    })),
  );
}

export default function BalancePlot({ report, split }: { report: BalanceData; split: string }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const rows = useMemo(() => balanceRows(report), [report]);
  const options = useMemo(() => plotOptions(rows, words), [rows, words]);
  const judged = ({ isBeyondChance }: BalanceRow) =>
    isBeyondChance === null ? words.unjudged : isBeyondChance ? words.yes : words.no;
  return (
    <PlotFigure
      title={words.plot}
      description={`${words.described} ${words.shown(format.whole(report.balance.length), format.whole(report.balanceCount))}.`}
      name={`balance-of-${split}`}
      options={options}
      rows={rows}
      keyOf={({ variable, part }) => `${variable} ${part}`}
      columns={[
        { title: words.variable, cell: ({ variable }) => variable, text: ({ variable }) => variable },
        { title: words.part, cell: ({ part }) => part, text: ({ part }) => part },
        {
          title: words.difference,
          cell: ({ difference }) => <Figured estimate={difference} withCounts={false} />,
          text: ({ difference }) => difference.value,
        },
        {
          title: words.percentile,
          isNumber: true,
          cell: ({ percentile }) => (percentile.value === null ? '—' : format.share(percentile.value)),
          text: ({ percentile }) => percentile.value,
        },
        { title: words.chance, cell: judged, text: judged },
      ]}
    />
  );
}

function plotOptions(
  rows: readonly BalanceRow[],
  words: { difference: string; part: string },
): Plot.PlotOptions {
  const shown = rows
    .filter(({ difference }) => difference.value !== null)
    .map(({ variable, part, difference: { value, interval } }) => ({
      ...{ variable, part, value },
      low: interval?.lower ?? value,
      high: interval?.upper ?? value,
    }));
  const parts = [...new Set(shown.map(({ part }) => part))];
  return {
    marginLeft: 110,
    marginRight: 80,
    height: 40 + shown.length * 22,
    x: { label: words.difference, grid: true, zero: true },
    y: { axis: null, domain: parts },
    fy: { label: null, domain: [...new Set(shown.map(({ variable }) => variable))] },
    symbol: { legend: false, domain: parts },
    facet: { data: shown, y: 'variable' },
    marks: [
      Plot.ruleX([0]),
      Plot.ruleY(shown, { y: 'part', x1: 'low', x2: 'high' }),
      Plot.dot(shown, { y: 'part', x: 'value', symbol: 'part', fill: 'currentColor', r: 4 }),
      Plot.text(shown, { y: 'part', x: 'high', text: 'part', textAnchor: 'start', dx: 8 }),
    ],
  };
}
