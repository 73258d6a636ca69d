import type { ClassRows } from './class-rows.ts';
import type { CodedClasses } from './coded-classes.ts';
import type { CodedVariable, UnitStructure } from './coded-variable.ts';

/** Most cells a table by level, class and bucket may have. */
export const LARGEST_TABLE = 8_000_000;

/**
 * Images by bucket, by level of a factor, or of two, and by class. Cell = (bucket·levels + level)·(classes + 1) + class, the
 * level of a pair being first·levels of second + second; the last class counts every image once.
 */
export interface ClassTable {
  readonly cells: Int32Array;
  readonly levels: number;
  readonly classes: number;
  readonly buckets: number;
  readonly imageCount: number;
  readonly unitCount: number;
}

/**
 * One pass over the images, in unit order (`inUnitOrder`), quickest where the units are in the order of their buckets.
 * `rows`: bucket·levels + level of each image, −1 for one that is left out (`classRows`). With a second factor the images
 * that lack it are left out too. Null where the table would have more than 8 million cells.
 */
export function classTable(
  rows: ClassRows,
  second: CodedVariable | null,
  classes: CodedClasses,
  { unitOf, bucketCount }: UnitStructure,
): ClassTable | null {
  const { places } = rows;
  const width = classes.levels + 1;
  const columns = second?.levels ?? 1;
  const levels = rows.levels * columns;
  if (levels * width * bucketCount > LARGEST_TABLE) return null;
  const cells = new Int32Array(levels * width * bucketCount);
  const columnOf = second?.codes ?? new Int16Array(places.length);
  const { offsets, codes, levels: all } = classes;
  let [imageCount, unitCount, last] = [0, 0, -1];
  for (let image = 0; image < places.length; image += 1) {
    const row = places[image]!;
    const column = columnOf[image]!;
    if ((row | column) < 0) continue;
    const place = (row * columns + column) * width;
    const to = offsets[image + 1]!;
    for (let at = offsets[image]!; at < to; at += 1) cells[place + codes[at]!]! += 1;
    cells[place + all]! += 1;
    imageCount += 1;
    const unit = unitOf[image]!;
    if (unit !== last) unitCount += 1;
    last = unit;
  }
  return { cells, levels, classes: all, buckets: bucketCount, imageCount, unitCount };
}
