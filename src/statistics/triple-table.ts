import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import type { BucketedTable } from './jackknife.ts';

/** Most cells a table of two factors, the label and the buckets may have. */
export const LARGEST_TABLE = 8_000_000;

/** Images by two factors, label and bucket, and of each of the factors alone the sums over the other. */
export interface TripleTable {
  /** Cell = ((first·levels of second + second)·classes + class)·buckets + bucket. */
  readonly cells: Int32Array;
  readonly levels: readonly [number, number];
  readonly classes: number;
  readonly buckets: number;
  /** Cell = (level·classes + class)·buckets + bucket. */
  readonly margins: readonly [Int32Array, Int32Array];
  readonly imageCount: number;
  readonly unitCount: number;
}

/** One pass over the images, in unit order (`inUnitOrder`); those that lack one of the three are left out. */
export function tripleTable(
  factors: readonly [CodedVariable, CodedVariable],
  label: CodedVariable,
  { unitOf, bucketOf, bucketCount }: UnitStructure,
): TripleTable {
  const [first, second] = factors;
  const cells = new Int32Array(first.levels * second.levels * label.levels * bucketCount);
  let imageCount = 0;
  let unitCount = 0;
  let last = -1;
  for (let image = 0; image < unitOf.length; image += 1) {
    const one = first.codes[image]!;
    const other = second.codes[image]!;
    const code = label.codes[image]!;
    if (one < 0 || other < 0 || code < 0) continue;
    const unit = unitOf[image]!;
    const cell = ((one * second.levels + other) * label.levels + code) * bucketCount + bucketOf[unit]!;
    cells[cell] = cells[cell]! + 1;
    imageCount += 1;
    if (unit !== last) unitCount += 1;
    last = unit;
  }
  const width = label.levels * bucketCount;
  const margins: [Int32Array, Int32Array] = [
    new Int32Array(first.levels * width),
    new Int32Array(second.levels * width),
  ];
  for (let pair = 0; pair < first.levels * second.levels; pair += 1) {
    const one = Math.floor(pair / second.levels) * width;
    const other = (pair % second.levels) * width;
    for (let place = 0; place < width; place += 1) {
      const count = cells[pair * width + place]!;
      margins[0][one + place] = margins[0][one + place]! + count;
      margins[1][other + place] = margins[1][other + place]! + count;
    }
  }
  return {
    cells,
    levels: [first.levels, second.levels],
    classes: label.levels,
    buckets: bucketCount,
    margins,
    imageCount,
    unitCount,
  };
}

/**
 * The 2 × 2 tables of one value of the factor `of` (0 or 1) and one class, in the strata of the other factor that hold any
 * image; cells as `riskDifference` reads them.
 */
export function strataOfTriple(triple: TripleTable, of: 0 | 1, value: number, code: number): BucketedTable {
  const { levels, classes, buckets: bucketCount, margins, imageCount, unitCount } = triple;
  const stratifier = margins[1 - of]!;
  const strata = levels[1 - of]!;
  const width = classes * bucketCount;
  const kept = Array.from({ length: strata }, (_, stratum) => stratum).filter((stratum) =>
    stratifier.subarray(stratum * width, (stratum + 1) * width).some((count) => count > 0),
  );
  const total = new Array<number>(kept.length * 4).fill(0);
  const buckets = Array.from({ length: bucketCount }, () => new Array<number>(kept.length * 4).fill(0));
  kept.forEach((stratum, place) => {
    const pair = of === 0 ? value * levels[1] + stratum : stratum * levels[1] + value;
    for (let cell = 0; cell < width; cell += 1) {
      const bucket = buckets[cell % bucketCount]!;
      const column = Math.floor(cell / bucketCount) === code ? 0 : 1;
      const withValue = triple.cells[pair * width + cell]!;
      const without = stratifier[stratum * width + cell]! - withValue;
      const at = place * 4 + column;
      bucket[at] = bucket[at]! + withValue;
      bucket[at + 2] = bucket[at + 2]! + without;
      total[at] = total[at]! + withValue;
      total[at + 2] = total[at + 2]! + without;
    }
  });
  return { total, buckets, imageCount, unitCount };
}
