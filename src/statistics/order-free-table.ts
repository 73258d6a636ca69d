import type { BucketedTable } from './jackknife.ts';

/**
 * Sums of numbers that are not whole, by bucket, in no order of the items: each cell's addends are sorted before they are
 * summed, so that the same items give the same bits however they come. `cells[c][i]` is what item i adds to cell c.
 */
export function orderFreeTable(
  cells: readonly Float64Array[],
  bucketOf: ArrayLike<number>,
  bucketCount: number,
): Pick<BucketedTable, 'total' | 'buckets'> {
  const starts = new Int32Array(bucketCount + 1);
  for (let item = 0; item < bucketOf.length; item += 1)
    starts[bucketOf[item]! + 1] = starts[bucketOf[item]! + 1]! + 1;
  for (let bucket = 0; bucket < bucketCount; bucket += 1)
    starts[bucket + 1] = starts[bucket + 1]! + starts[bucket]!;
  const sums = cells.map((addends) => {
    const next = starts.slice();
    const sorted = new Float64Array(addends.length);
    for (let item = 0; item < addends.length; item += 1) {
      const bucket = bucketOf[item]!;
      sorted[next[bucket]!] = addends[item]!;
      next[bucket] = next[bucket]! + 1;
    }
    return Array.from({ length: bucketCount }, (_, bucket) => {
      let sum = 0;
      for (const addend of sorted.subarray(starts[bucket]!, starts[bucket + 1]!).sort()) sum += addend;
      return sum;
    });
  });
  const buckets = Array.from({ length: bucketCount }, (_, bucket) => sums.map((ofCell) => ofCell[bucket]!));
  return { total: sums.map((ofCell) => ofCell.reduce((a, b) => a + b, 0)), buckets };
}
