import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { imagesByUnit } from './images-by-unit.ts';

/** The images in rows of which each unit has at most one a level. */
export interface UnitRows {
  /** Of each image: its row, −1 where its level is not known. */
  readonly rowOf: Int32Array;
  /** Of the rows. */
  readonly factor: CodedVariable;
  /** Of the rows, in the units and buckets of the images. */
  readonly units: UnitStructure;
}

/** One row per unit and level, in the order of the units and, within one, of its images. One pass over the images. */
export function unitRows({ codes, levels }: CodedVariable, units: UnitStructure): UnitRows {
  const images = imagesByUnit(units);
  const rowOf = new Int32Array(images.length).fill(-1);
  const rowCodes = new Int16Array(images.length);
  const rowUnits = new Int32Array(images.length);
  const rowOfLevel = new Int32Array(levels).fill(-1);
  let [rows, firstOfUnit, lastUnit] = [0, 0, -1];
  for (const image of images) {
    const unit = units.unitOf[image]!;
    const level = codes[image]!;
    if (level < 0) continue;
    if (unit !== lastUnit) firstOfUnit = rows;
    lastUnit = unit;
    if (rowOfLevel[level]! < firstOfUnit) {
      rowOfLevel[level] = rows;
      rowCodes[rows] = level;
      rowUnits[rows] = unit;
      rows += 1;
    }
    rowOf[image] = rowOfLevel[level]!;
  }
  return {
    rowOf,
    factor: { codes: rowCodes.slice(0, rows), levels },
    units: { ...units, unitOf: rowUnits.slice(0, rows) },
  };
}
