import type { CodedClasses } from './coded-classes.ts';
import type { CodedVariable, UnitStructure } from './coded-variable.ts';

/** Most cells a table by level, class and bucket may have. */
export const LARGEST_TABLE = 8_000_000;

/**
 * Images by bucket, by the levels of one or two factors and by class. Cell = (bucket·levels + level)·(classes + 1) + class,
 * the level of a pair being first·levels of second + second; the last class counts every image once.
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
 * One pass over the images, in unit order (`inUnitOrder`), quickest where the units are in the order of their buckets; an
 * image that lacks a factor or shows no class is left out. Null where the table would have more than 8 million cells.
 */
export function classTable(
  factors: readonly [CodedVariable] | readonly [CodedVariable, CodedVariable],
  classes: CodedClasses,
  { unitOf, bucketOf, bucketCount }: UnitStructure,
): ClassTable | null {
  const [first, second] = factors;
  const levels = first.levels * (second?.levels ?? 1);
  const width = classes.levels + 1;
  if (levels * width * bucketCount > LARGEST_TABLE) return null;
  const cells = new Int32Array(levels * width * bucketCount);
  const one = first.codes;
  const other = second?.codes ?? null;
  const otherLevels = second?.levels ?? 1;
  const { offsets, codes } = classes;
  let [imageCount, unitCount, lastUnit, lastCounted, bucketStart] = [0, 0, -1, -1, 0];
  for (let image = 0, from = 0, to = 0; image < unitOf.length; image += 1, from = to) {
    to = offsets[image + 1]!;
    const code = one[image]!;
    const otherCode = other === null ? 0 : other[image]!;
    const unit = unitOf[image]!;
    if (unit !== lastUnit) {
      lastUnit = unit;
      bucketStart = bucketOf[unit]! * levels;
    }
    if (code < 0 || otherCode < 0 || from === to) continue;
    const place = (bucketStart + code * otherLevels + otherCode) * width;
    for (let at = from; at < to; at += 1) cells[place + codes[at]!]! += 1;
    cells[place + classes.levels]! += 1;
    imageCount += 1;
    if (unit !== lastCounted) unitCount += 1;
    lastCounted = unit;
  }
  return { cells, levels, classes: classes.levels, buckets: bucketCount, imageCount, unitCount };
}
