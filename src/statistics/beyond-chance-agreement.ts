import { AGREEING, RATED, SHARES, TWICE_RATED } from './category-cells.ts';
import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';

/**
 * (P_o − p_e)/(1 − p_e) from sums of `categoryCells`; `chance` gives p_e from the mean shares π of the classes. Range
 * [−1, 1]. No item with two ratings: NOT_APPLICABLE, NO_OVERLAP; p_e = 1, or one class alone: UNDEFINED, NO_VARIATION.
 */
export function beyondChanceAgreement(
  table: BucketedTable,
  method: string,
  chance: (shares: readonly number[]) => number,
): Estimate {
  const formula = (cells: readonly number[]): Figure => {
    const [twice, rated] = [cells[TWICE_RATED]!, cells[RATED]!];
    if (!(twice > 0)) return noFigure('NOT_APPLICABLE', 'NO_OVERLAP');
    const shares = cells.slice(SHARES).map((share) => share / rated);
    const expected = shares.filter((share) => share > 0).length > 1 ? chance(shares) : 1;
    if (1 - expected <= 1e-12) return noFigure('UNDEFINED', 'NO_VARIATION');
    return figure((cells[AGREEING]! / twice - expected) / (1 - expected));
  };
  return jackknifeEstimate(table, formula, { method, range: { lower: -1, upper: 1 } });
}
