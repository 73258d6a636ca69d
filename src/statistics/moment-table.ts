import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { bucketsOf } from './cross-tabulate.ts';
import type { BucketedTable } from './jackknife.ts';

/**
 * The 3k cells of a measure by the k levels of a factor: n of each level, then Σx, then Σx², by bucket. x is taken
 * from the first known value, for squares of raw values lose digits. Images without value (NaN) or level (−1) are in
 * no cell; `imageCount` and `unitCount` are of the rest.
 */
export function momentTable(
  units: UnitStructure,
  values: Float64Array,
  { codes, levels }: CodedVariable,
): BucketedTable {
  const { unitOf, bucketOf, unitCount: everyUnit, bucketCount } = units;
  const cells = new Float64Array(3 * levels * bucketCount);
  const seen = new Uint8Array(everyUnit);
  let [imageCount, unitCount, origin] = [0, 0, 0];
  for (let image = 0; image < values.length; image += 1) {
    const value = values[image]!;
    const code = codes[image]!;
    if (code < 0 || Number.isNaN(value)) continue;
    if (imageCount === 0) origin = value;
    const x = value - origin;
    const unit = unitOf[image]!;
    const place = bucketOf[unit]! * 3 * levels + code;
    cells[place] = cells[place]! + 1;
    cells[place + levels] = cells[place + levels]! + x;
    cells[place + 2 * levels] = cells[place + 2 * levels]! + x * x;
    imageCount += 1;
    if (seen[unit] === 0) unitCount += 1;
    seen[unit] = 1;
  }
  return { ...bucketsOf(cells, 3 * levels), imageCount, unitCount };
}
