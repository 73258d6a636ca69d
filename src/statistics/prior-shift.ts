import { FEWEST_SHARED_ITEMS } from './cohen-kappa.ts';
import type { Estimate } from './estimate.ts';
import { figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { type Range, SHARE, UNBOUNDED } from './jackknife-interval.ts';
import { jensenShannonDivergence } from './jensen-shannon-divergence.ts';
import { totalVariation } from './total-variation.ts';
import { withEnough } from './with-enough.ts';

/** How far a rater's use of the classes is from that of the others on the same items. */
export interface PriorShift {
  /** Of each class: log2((n_c + ½)/(o_c + ½)), above 0 where the rater says it oftener. */
  readonly classes: readonly Estimate[];
  readonly totalVariation: Estimate;
  readonly jensenShannon: Estimate;
}

/**
 * From a table of `raterTables`, whose last 2K cells are the rater's n_c and the others' o_c, an item's others counting as
 * one. TV and JSD in [0, 1]; no shared item: NOT_APPLICABLE, NO_OVERLAP; fewer than 30: INSUFFICIENT, with value. Chance alone
 * shifts few items far: read the interval. Specification §6.3; ½ of Haldane 1956, Annals of Human Genetics 20:309.
 */
export function priorShift(table: BucketedTable): PriorShift {
  const classes = (table.total.length - 2) / 2;
  const made = (
    method: string,
    range: Range,
    formula: (own: readonly number[], others: readonly number[]) => number | null,
  ) => {
    const shift = jackknifeEstimate(
      table,
      (cells) => {
        if (!(cells[1]! > 0)) return noFigure('NOT_APPLICABLE', 'NO_OVERLAP');
        const value = formula(cells.slice(2, 2 + classes), cells.slice(2 + classes));
        return value === null ? noFigure('NOT_APPLICABLE', 'NO_OVERLAP') : figure(value);
      },
      { method, range },
    );
    return withEnough(shift, table.total[1]!, FEWEST_SHARED_ITEMS, 'FEWER_THAN_30_SHARED_ITEMS');
  };
  return {
    classes: Array.from({ length: classes }, (_, c) =>
      made('log2 ratio to the other raters', UNBOUNDED, (own, others) =>
        Math.log2((own[c]! + 0.5) / (Math.max(0, others[c]!) + 0.5)),
      ),
    ),
    totalVariation: made(
      'total variation to the other raters',
      SHARE,
      (own, others) => totalVariation(own, others).value,
    ),
    jensenShannon: made(
      'Jensen–Shannon divergence to the other raters',
      SHARE,
      (own, others) => jensenShannonDivergence(own, others).value,
    ),
  };
}
