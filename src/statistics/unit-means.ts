import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import type { UnitRows } from './unit-rows.ts';

/**
 * A measure and a factor in rows of which each unit has at most one a level. `imageCount` and `unitCount`: the images
 * behind the rows, and the units that have one.
 */
export interface UnitMeans {
  readonly values: Float64Array;
  readonly factor: CodedVariable;
  /** Of the rows, in the units and buckets of the images. */
  readonly units: UnitStructure;
  readonly imageCount: number;
  readonly unitCount: number;
}

/**
 * The mean of the images of each row. Images of one unit resemble each other, so that a test that takes them as
 * independent finds what is not there. Images without value (NaN) or level are left out, and rows without image.
 * Hurlbert 1984, Ecological Monographs 54:187.
 */
export function unitMeans(images: Float64Array, rows: UnitRows): UnitMeans {
  const { rowOf } = rows;
  const size = rows.factor.codes.length;
  const sums = new Float64Array(size);
  const counts = new Int32Array(size);
  let imageCount = 0;
  for (let image = 0; image < images.length; image += 1) {
    const row = rowOf[image]!;
    const value = images[image]!;
    if (row < 0 || Number.isNaN(value)) continue;
    sums[row] = sums[row]! + value;
    counts[row] = counts[row]! + 1;
    imageCount += 1;
  }
  const { units, factor } = counts.includes(0) ? rowsWith(counts, rows) : rows;
  const { unitOf } = units;
  const values = new Float64Array(unitOf.length);
  let [unitCount, next] = [0, 0];
  for (let row = 0; row < size; row += 1) {
    if (counts[row] === 0) continue;
    values[next] = sums[row]! / counts[row]!;
    if (next === 0 || unitOf[next] !== unitOf[next - 1]) unitCount += 1;
    next += 1;
  }
  return { values, factor, units, imageCount, unitCount };
}

function rowsWith(counts: Int32Array, { factor, units }: UnitRows): Pick<UnitMeans, 'factor' | 'units'> {
  const isKept = (_: number, row: number) => counts[row]! > 0;
  return {
    factor: { ...factor, codes: factor.codes.filter(isKept) },
    units: { ...units, unitOf: units.unitOf.filter(isKept) },
  };
}
