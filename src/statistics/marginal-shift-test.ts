import { bhapkar } from './bhapkar.ts';
import { chiSquareUpperTail } from './chi-square-upper-tail.ts';
import { type Figure, figure } from './figure.ts';
import { type BucketedTable, jackknife } from './jackknife.ts';
import { sum } from './sum.ts';

/** `statistic` is Bhapkar's; p is of it divided by the design effect, null where that cannot be had. */
export interface MarginalShiftTest {
  readonly statistic: Figure;
  readonly degreesOfFreedom: number;
  readonly designEffect: number | null;
  readonly p: number | null;
}

/**
 * Bhapkar's test that a rater and the majority of the others use the classes equally often, on items that cluster in units: X² over
 * the mean design effect of the differences of shares, Var_JK((n_c. − n_.c)/n) over what single draws give, at least 1.
 * Table of `raterMajorityTables`; faults as `bhapkar`. Bhapkar 1966, JASA 61:228; Rao & Scott 1984, Annals of Statistics 12:46.
 */
export function marginalShiftTest(table: BucketedTable): MarginalShiftTest {
  const { statistic, degreesOfFreedom } = bhapkar(table.total);
  if (statistic.value === null) return { statistic, degreesOfFreedom, designEffect: null, p: null };
  const designEffect = meanEffect(table);
  const p =
    designEffect === null ? null : chiSquareUpperTail(statistic.value / designEffect, degreesOfFreedom);
  return { statistic: figure(statistic.value), degreesOfFreedom, designEffect, p };
}

function meanEffect(table: BucketedTable): number | null {
  const classes = Math.sqrt(table.total.length);
  const differences = (cells: readonly number[]) => {
    const n = sum(cells);
    return Array.from({ length: classes }, (_, c) => {
      let difference = 0;
      for (let k = 0; k < classes; k += 1) difference += cells[c * classes + k]! - cells[k * classes + c]!;
      return n > 0 ? difference / n : null;
    });
  };
  const n = sum(table.total);
  const effects: number[] = [];
  for (const [c, { value, standardError }] of jackknife(table, differences).entries()) {
    if (value === null || standardError === null) return null;
    let apart = 0;
    for (let k = 0; k < classes; k += 1)
      if (k !== c) apart += table.total[c * classes + k]! + table.total[k * classes + c]!;
    const single = (apart / n - value * value) / n;
    if (single > 1e-15) effects.push(standardError ** 2 / single);
  }
  return effects.length === 0 ? null : Math.max(1, sum(effects) / effects.length);
}
