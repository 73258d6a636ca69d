import { type Estimate, estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { sum } from './sum.ts';

/** Two annotators are compared on as many items as this (specification §6.1). */
export const FEWEST_SHARED_ITEMS = 30;

/**
 * Cohen's κ = (p_o − p_e)/(1 − p_e) of two annotators on the items that both labelled, weighted by K×K `weights`; from sums of
 * `cohenCells` made with them. Range [−1, 1]. No shared item: NOT_APPLICABLE, NO_OVERLAP; fewer than 30: INSUFFICIENT, with
 * value; p_e = 1: UNDEFINED, NO_VARIATION. Cohen 1960, Educational and Psychological Measurement 20:37; 1968, Psychological
 * Bulletin 70:213.
 */
export function cohenKappa(table: BucketedTable, weights: readonly number[]): Estimate {
  const classes = Math.sqrt(weights.length);
  const formula = (cells: readonly number[]): Figure => {
    const first = cells.slice(1, 1 + classes);
    const second = cells.slice(1 + classes, 1 + 2 * classes);
    const items = sum(first);
    if (!(items > 0)) return noFigure('NOT_APPLICABLE', 'NO_OVERLAP');
    let expected = 0;
    for (let i = 0; i < classes; i += 1) {
      if (first[i] === 0) continue;
      for (let j = 0; j < classes; j += 1) expected += weights[i * classes + j]! * first[i]! * second[j]!;
    }
    expected /= items * items;
    if (1 - expected <= 1e-12) return noFigure('UNDEFINED', 'NO_VARIATION');
    return figure((cells[0]! / items - expected) / (1 - expected));
  };
  const kappa = jackknifeEstimate(table, formula, { method: 'Cohen kappa', range: { lower: -1, upper: 1 } });
  if (kappa.value === null || table.imageCount >= FEWEST_SHARED_ITEMS) return kappa;
  const reason = 'FEWER_THAN_30_SHARED_ITEMS';
  return estimate({ ...kappa, interval: null, status: 'INSUFFICIENT', reason });
}
