import type { UnitStructure } from './coded-variable.ts';
import type { Strata } from './leave-one-unit-out-guesses.ts';

/** The images of one unit in one stratum as one cell; the cells of a unit stand side by side, in the order of the units. */
export interface UnitStrata {
  /** Of each image; −1 where its stratum is not known. */
  readonly cellOf: Int32Array;
  readonly cellCount: number;
  readonly unit: Int32Array;
  readonly stratum: Int32Array;
  readonly images: Int32Array;
}

/** One pass over the images, in unit order (`inUnitOrder`); those that `isLeftOut` are in no cell. */
export function unitStrata(
  { codes, levels }: Strata,
  { unitOf }: UnitStructure,
  isLeftOut: (image: number) => boolean,
): UnitStrata {
  const cellOf = new Int32Array(unitOf.length).fill(-1);
  const unit = new Int32Array(unitOf.length);
  const stratum = new Int32Array(unitOf.length);
  const images = new Int32Array(unitOf.length);
  const lastCell = new Int32Array(levels).fill(-1);
  let cellCount = 0;
  for (let image = 0; image < unitOf.length; image += 1) {
    const code = codes[image]!;
    if (code < 0 || isLeftOut(image)) continue;
    let cell = lastCell[code]!;
    if (cell < 0 || unit[cell] !== unitOf[image]) {
      cell = cellCount;
      cellCount += 1;
      unit[cell] = unitOf[image]!;
      stratum[cell] = code;
      lastCell[code] = cell;
    }
    images[cell]! += 1;
    cellOf[image] = cell;
  }
  const used = (values: Int32Array) => values.subarray(0, cellCount);
  return { cellOf, cellCount, unit: used(unit), stratum: used(stratum), images: used(images) };
}
