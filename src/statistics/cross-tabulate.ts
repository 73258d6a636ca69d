import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import type { BucketedTable } from './jackknife.ts';

/**
 * Counts images by bucket and by the levels of all the variables: with levels r, c, k the cell of codes (i, j, l) is
 * (i·c + j)·k + l. An image that lacks one of them is in no cell; `imageCount` and `unitCount` are of the rest.
 */
export function crossTabulate(units: UnitStructure, variables: readonly CodedVariable[]): BucketedTable {
  const cells = variables.reduce((product, { levels }) => product * levels, 1);
  const counts = new Float64Array(cells * units.bucketCount);
  const seen = new Uint8Array(units.unitCount);
  let [imageCount, unitCount] = [0, 0];
  const { unitOf, bucketOf } = units;
  images: for (let image = 0; image < unitOf.length; image += 1) {
    let cell = 0;
    for (const { codes, levels } of variables) {
      const code = codes[image]!;
      if (code < 0) continue images;
      cell = cell * levels + code;
    }
    const unit = unitOf[image]!;
    const place = bucketOf[unit]! * cells + cell;
    counts[place] = counts[place]! + 1;
    imageCount += 1;
    if (seen[unit] === 0) unitCount += 1;
    seen[unit] = 1;
  }
  return { ...bucketsOf(counts, cells), imageCount, unitCount };
}

/** One flat vector, bucket by bucket, as the buckets that hold anything, and their sum. */
export function bucketsOf(flat: Float64Array, cells: number): Pick<BucketedTable, 'total' | 'buckets'> {
  const total = new Array<number>(cells).fill(0);
  const buckets: number[][] = [];
  for (let start = 0; start < flat.length; start += cells) {
    const bucket = Array.from(flat.subarray(start, start + cells));
    if (bucket.every((count) => count === 0)) continue;
    bucket.forEach((count, cell) => {
      total[cell] = total[cell]! + count;
    });
    buckets.push(bucket);
  }
  return { total, buckets };
}
