import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { imagesByUnit } from './images-by-unit.ts';

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
 * One row per unit and level: the mean of its images, in the order of the units and, within one, of its images.
 * Images of one unit resemble each other, so that a test that takes them as independent finds what is not there.
 * Images without value (NaN) or level (−1) are left out. Hurlbert 1984, Ecological Monographs 54:187.
 */
export function unitMeans(values: Float64Array, factor: CodedVariable, units: UnitStructure): UnitMeans {
  const { codes, levels } = factor;
  const images = imagesByUnit(units);
  const sums = new Float64Array(images.length);
  const counts = new Float64Array(images.length);
  const rowCodes = new Int16Array(images.length);
  const rowUnits = new Int32Array(images.length);
  const rowOfLevel = new Int32Array(levels).fill(-1);
  let [rows, firstOfUnit, imageCount, unitCount] = [0, 0, 0, 0];
  for (const image of images) {
    const unit = units.unitOf[image]!;
    const level = codes[image]!;
    if (level < 0 || Number.isNaN(values[image]!)) continue;
    imageCount += 1;
    if (rows === 0 || rowUnits[rows - 1] !== unit) {
      firstOfUnit = rows;
      unitCount += 1;
    }
    if (rowOfLevel[level]! < firstOfUnit) {
      rowOfLevel[level] = rows;
      rowCodes[rows] = level;
      rowUnits[rows] = unit;
      rows += 1;
    }
    const row = rowOfLevel[level]!;
    sums[row] = sums[row]! + values[image]!;
    counts[row] = counts[row]! + 1;
  }
  return {
    values: sums.subarray(0, rows).map((sum, row) => sum / counts[row]!),
    factor: { codes: rowCodes.subarray(0, rows), levels },
    units: { ...units, unitOf: rowUnits.subarray(0, rows) },
    imageCount,
    unitCount,
  };
}
