import type { CardKind } from '../src/bias/cards/card.ts';
import type { Colour } from '../src/statistics/colour.ts';
import { simulatedDataset } from './dataset.ts';
import { randomOf } from './random.ts';
import { cardsOf, SIMULATED_REPORTS, type SimulatedReport } from './reports.ts';

/** Datasets without any bias, from one number on. */
export interface QuietTask {
  readonly units: number;
  readonly first: number;
  readonly datasets: number;
}

/** How often a card had each colour. */
export interface Coloured extends Readonly<Record<Colour, number>> {
  readonly report: SimulatedReport;
  readonly card: CardKind;
  readonly units: number;
}

/** A report of a split takes longer than all others together, so of these there are fewer. */
const SPLITS_ONE_IN = 2;

/** All reports of datasets in which there is nothing to find. */
export function quiet({ units, first, datasets }: QuietTask): Coloured[] {
  const counts = new Map<string, { report: SimulatedReport; card: CardKind } & Record<Colour, number>>();
  for (let dataset = first; dataset < first + datasets; dataset += 1) {
    const name = `no bias ${units} ${dataset}`;
    const subjects = simulatedDataset(randomOf(name), units);
    for (const report of SIMULATED_REPORTS) {
      if (report === 'SPLIT' && dataset % SPLITS_ONE_IN !== 0) continue;
      for (const { kind: card, colour } of cardsOf(report, subjects, name)) {
        const key = `${report} ${card}`;
        const count = counts.get(key) ?? { report, card, RED: 0, AMBER: 0, GREY: 0, GREEN: 0 };
        counts.set(key, count);
        count[colour] += 1;
      }
    }
  }
  return [...counts.values()].map((count) => ({ ...count, units }));
}
