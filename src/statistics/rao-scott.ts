import { type BucketedTable, jackknife } from './jackknife.ts';
import { FEWEST_UNITS_FOR_INTERVAL } from './jackknife-estimate.ts';

/**
 * First-order Rao–Scott design effect of a chi-square statistic: δ̄ = (N/df) Σ_cells Var_JK(h)/e. `residuals` gives h of
 * each cell on a table (p_s for fit, p_ij − p_i·p_j for independence), `expected` the shares e. Divide X² and G by
 * max(1, δ̄). Null with fewer than 10 units, no degree of freedom or an undefined replicate: then there is no p-value,
 * for without it chance alone gives p < .05 in a third to a half of all cases. Rao & Scott 1981, JASA 76:221.
 */
export function raoScott(
  table: BucketedTable,
  residuals: (cells: readonly number[]) => readonly (number | null)[],
  expected: readonly number[],
  images: number,
  degreesOfFreedom: number,
): number | null {
  if (table.unitCount < FEWEST_UNITS_FOR_INTERVAL || degreesOfFreedom < 1) return null;
  let total = 0;
  for (const [cell, { standardError }] of jackknife(table, residuals).entries()) {
    if (!(expected[cell]! > 0)) continue;
    if (standardError === null) return null;
    total += standardError ** 2 / expected[cell]!;
  }
  const effect = (images / degreesOfFreedom) * total;
  return Number.isFinite(effect) ? effect : null;
}
