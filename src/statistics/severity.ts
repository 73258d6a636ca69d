import type { UnitStructure } from './coded-variable.ts';
import { FEWEST_SHARED_ITEMS } from './cohen-kappa.ts';
import { bucketsOf } from './cross-tabulate.ts';
import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { UNBOUNDED } from './jackknife-interval.ts';
import { withEnough } from './with-enough.ts';

/** Above 0: the rater is severe, values higher than the others. */
export interface Severity {
  /** Mean of own − others', in the unit of the values. */
  readonly meanDifference: Estimate;
  /** The same in standard deviations of the others' values: of how much items differ. */
  readonly standardized: Estimate;
}

/**
 * Whether a rater puts grades or values higher or lower than the others do on the same items: `own` and the `others`' mean of each
 * item (`leaveOneOutMeans`), NaN where there is none. No shared item: NOT_APPLICABLE, NO_OVERLAP; fewer than 30: INSUFFICIENT,
 * with value; others' values all equal: no standardized one, UNDEFINED. Specification §6.3.
 */
export function severity(units: UnitStructure, own: Float64Array, others: Float64Array): Severity {
  const { unitOf, bucketOf, bucketCount, unitCount } = units;
  const isShared = (image: number) => Number.isFinite(own[image]!) && Number.isFinite(others[image]!);
  const centre = others[others.findIndex((_, image) => isShared(image))] ?? 0;
  const cells = new Float64Array(bucketCount * 4);
  const seen = new Uint8Array(unitCount);
  let [items, distinct] = [0, 0];
  for (let image = 0; image < own.length; image += 1) {
    if (!isShared(image)) continue;
    const unit = unitOf[image]!;
    const start = bucketOf[unit]! * 4;
    const value = others[image]! - centre;
    cells[start]! += 1;
    cells[start + 1]! += own[image]! - others[image]!;
    cells[start + 2]! += value;
    cells[start + 3]! += value * value;
    items += 1;
    if (seen[unit] === 0) distinct += 1;
    seen[unit] = 1;
  }
  const table = { ...bucketsOf(cells, 4), imageCount: items, unitCount: distinct };
  const made = (method: string, formula: (cells: readonly number[]) => Figure) => {
    const judged = (sums: readonly number[]) =>
      sums[0]! > 0 ? formula(sums) : noFigure('NOT_APPLICABLE', 'NO_OVERLAP');
    const shift = jackknifeEstimate(table, judged, { method, range: UNBOUNDED });
    return withEnough(shift, items, FEWEST_SHARED_ITEMS, 'FEWER_THAN_30_SHARED_ITEMS');
  };
  return {
    meanDifference: made('mean difference to the other raters', ([n, d]) => figure(d! / n!)),
    standardized: made('mean difference in standard deviations of the items', standardized),
  };
}

function standardized([n, difference, total, squares]: readonly number[]): Figure {
  const within = squares! - total! ** 2 / n!;
  if (n! < 2 || !(within > 1e-12 * squares!)) return noFigure('UNDEFINED', 'CONSTANT_REFERENCE');
  return figure(difference! / n! / Math.sqrt(within / (n! - 1)));
}
