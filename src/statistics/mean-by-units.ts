import type { UnitStructure } from './coded-variable.ts';
import { bucketsOf } from './cross-tabulate.ts';
import type { Estimate } from './estimate.ts';
import { figure, noFigure } from './figure.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { type Range, UNBOUNDED } from './jackknife-interval.ts';

/** Mean of the values that are known (not NaN), in their unit, with the jackknife over units. None: EMPTY. */
export function meanByUnits(
  { unitOf, bucketOf, bucketCount, unitCount }: UnitStructure,
  values: Float64Array,
  { method, range = UNBOUNDED }: { readonly method: string; readonly range?: Range },
): Estimate {
  const cells = new Float64Array(bucketCount * 2);
  const seen = new Uint8Array(unitCount);
  let [images, units] = [0, 0];
  for (let image = 0; image < values.length; image += 1) {
    if (!Number.isFinite(values[image]!)) continue;
    const unit = unitOf[image]!;
    cells[bucketOf[unit]! * 2]! += 1;
    cells[bucketOf[unit]! * 2 + 1]! += values[image]!;
    images += 1;
    if (seen[unit] === 0) units += 1;
    seen[unit] = 1;
  }
  return jackknifeEstimate(
    { ...bucketsOf(cells, 2), imageCount: images, unitCount: units },
    ([n, total]) => (n! > 0 ? figure(total! / n!) : noFigure('EMPTY', 'NO_VALUE_KNOWN')),
    { method, range },
  );
}
