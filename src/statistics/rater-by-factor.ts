import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { FEWEST_SHARED_ITEMS } from './cohen-kappa.ts';
import { type CramersV, cramersV } from './cramers-v.ts';
import { crossTabulate } from './cross-tabulate.ts';
import { independenceTest } from './independence-test.ts';
import { withEnough } from './with-enough.ts';

export interface RaterByFactor {
  readonly v: CramersV;
  /** Of each level of the factor: shared items, and on how many the rater disagrees. */
  readonly levels: readonly { readonly items: number; readonly disagreeing: number }[];
}

/**
 * Whether a rater is worse on one level of a factor (site, camera): Cramér's V between "agrees with the majority of the others" and
 * the level, of one rater's images; `agrees` is 1, 0, or −1 where there is no majority. Fewer than 30 shared items: INSUFFICIENT,
 * with value. It shows where, not why: that site may be harder for all. Specification §6.3.
 */
export function raterByFactor(
  units: UnitStructure,
  agrees: Int16Array,
  factor: CodedVariable,
  random: () => number,
): RaterByFactor {
  const counts = crossTabulate(units, [{ codes: agrees, levels: 2 }, factor]);
  const table = { ...counts, rows: 2, columns: factor.levels };
  const { p, designEffect } = independenceTest(table, random);
  const { corrected, plain, w } = cramersV(table, { p, designEffect });
  const enough = (estimate: typeof corrected) =>
    withEnough(estimate, table.imageCount, FEWEST_SHARED_ITEMS, 'FEWER_THAN_30_SHARED_ITEMS');
  return {
    v: { corrected: enough(corrected), plain: enough(plain), w: enough(w) },
    levels: Array.from({ length: factor.levels }, (_, level) => {
      const disagreeing = table.total[level]!;
      return { items: disagreeing + table.total[factor.levels + level]!, disagreeing };
    }),
  };
}
