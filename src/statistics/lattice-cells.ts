import { DomainError } from '../kernel/errors.ts';
import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import { imagesByUnit } from './images-by-unit.ts';
import { sum } from './sum.ts';

/** What a dataset holds in one cell; `soleBucket` is the bucket that holds all its units, null where several do. */
export interface ObservedCell {
  readonly imageCount: number;
  readonly unitCount: number;
  readonly soleBucket: number | null;
}

/** The cells that hold images, by `latticeKey`; the counts are of the images that have all the variables. */
export interface LatticeCells {
  readonly cells: ReadonlyMap<number, ObservedCell>;
  readonly unitsByBucket: readonly number[];
  readonly imageCount: number;
  readonly unitCount: number;
}

/**
 * Counts images and distinct units in each cell of the cross product of 1 to 4 variables. Only cells that hold an image
 * are kept, so that the product itself may be of any size. An image that lacks one of the variables is in no cell.
 */
export function latticeCells(units: UnitStructure, variables: readonly CodedVariable[]): LatticeCells {
  if (variables.length < 1 || variables.length > 4)
    throw new DomainError('BAD_INPUT', `A lattice is of 1 to 4 factors, not of ${variables.length}.`);
  const cells = new Map<
    number,
    { imageCount: number; unitCount: number; soleBucket: number | null; last: number }
  >();
  const unitsByBucket = new Array<number>(units.bucketCount).fill(0);
  let [imageCount, lastUnit] = [0, -1];
  images: for (const image of imagesByUnit(units)) {
    let key = 0;
    for (const { codes, levels } of variables) {
      const code = codes[image]!;
      if (code < 0) continue images;
      key = key * levels + code;
    }
    const unit = units.unitOf[image]!;
    const bucket = units.bucketOf[unit]!;
    imageCount += 1;
    if (unit !== lastUnit) unitsByBucket[bucket]! += 1;
    lastUnit = unit;
    let cell = cells.get(key);
    if (cell === undefined) {
      cell = { imageCount: 0, unitCount: 0, soleBucket: bucket, last: -1 };
      cells.set(key, cell);
    }
    cell.imageCount += 1;
    if (cell.last === unit) continue;
    cell.last = unit;
    cell.unitCount += 1;
    if (cell.soleBucket !== bucket) cell.soleBucket = null;
  }
  const byKey = [...cells].sort(([one], [other]) => one - other);
  return {
    cells: new Map(byKey.map(([key, { last: _, ...cell }]) => [key, cell])),
    unitsByBucket,
    imageCount,
    unitCount: sum(unitsByBucket),
  };
}
