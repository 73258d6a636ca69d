import type { Estimate } from './estimate.ts';
import { figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';

/**
 * κ of one class against the rest, any number of ratings an item: 1 − D/(2πq), D the mean over items of two ratings or more
 * of the share of their pairs of which one rater alone says the class, π the mean share of the class, q = 1 − π. Cells
 * [items of two ratings or more, rated items, Σ 2n(m−n)/(m(m−1)), Σ n/m]. With equal m, Fleiss' κ of the class. Range [−1, 1]. No
 * overlap: NOT_APPLICABLE; a class that nobody uses, or everybody always: UNDEFINED. Fleiss 1971; Gwet 2014, ch. 2.
 */
export function classKappa(table: BucketedTable): Estimate {
  return jackknifeEstimate(
    table,
    ([twice, rated, apart, shares]) => {
      if (!(twice! > 0)) return noFigure('NOT_APPLICABLE', 'NO_OVERLAP');
      const share = shares! / rated!;
      const chance = 2 * share * (1 - share);
      if (chance <= 1e-12) return noFigure('UNDEFINED', 'NO_VARIATION');
      return figure(1 - apart! / twice! / chance);
    },
    { method: 'kappa of the class', range: { lower: -1, upper: 1 } },
  );
}
