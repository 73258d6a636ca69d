import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';

/**
 * What one item's values add to the table of `intervalAlpha`: [m, Σx, Σx², m·Σ(x−x̄)²/(m−1)], x measured from `centre`, any number
 * near the values (raw squares lose digits). Fewer than two values add nothing.
 */
export function intervalAlphaCells(
  values: readonly number[],
  centre: number,
): [number, number, number, number] {
  const m = values.length;
  if (m < 2) return [0, 0, 0, 0];
  let total = 0;
  let squares = 0;
  for (const value of values) {
    total += value - centre;
    squares += (value - centre) ** 2;
  }
  const mean = total / m;
  let within = 0;
  for (const value of values) within += (value - centre - mean) ** 2;
  return [m, total, squares, (m * within) / (m - 1)];
}

/**
 * Krippendorff's α with the interval metric, of any number of different values: 1 − (n−1)·W/(n·SST) from sums of
 * `intervalAlphaCells`, n the values that can be paired, SST their sum of squares about the mean, W the sum of the last
 * cells. The same as `krippendorffAlpha` without its matrix. Range [−1, 1]. No item with two values: NOT_APPLICABLE, NO_OVERLAP;
 * all values equal: UNDEFINED, NO_VARIATION. Krippendorff 2011.
 */
export function intervalAlpha(table: BucketedTable): Estimate {
  const formula = ([n, total, squares, within]: readonly number[]): Figure => {
    if (!(n! > 1)) return noFigure('NOT_APPLICABLE', 'NO_OVERLAP');
    const spread = squares! - (total! * total!) / n!;
    if (spread <= 1e-12 * squares!) return noFigure('UNDEFINED', 'NO_VARIATION');
    return figure(1 - ((n! - 1) * within!) / (n! * spread));
  };
  return jackknifeEstimate(table, formula, {
    method: 'Krippendorff alpha, interval',
    range: { lower: -1, upper: 1 },
  });
}
