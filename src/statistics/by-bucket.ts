import type { BucketedTable } from './jackknife.ts';

/** Vectors of `size` cells that stand one after the other, and their sum. */
export function byBucket(cells: Float64Array, size: number): Pick<BucketedTable, 'total' | 'buckets'> {
  const total = new Array<number>(size).fill(0);
  const buckets: number[][] = [];
  for (let start = 0; size > 0 && start < cells.length; start += size) {
    const bucket = Array.from(cells.subarray(start, start + size));
    for (let cell = 0; cell < size; cell += 1) total[cell] = total[cell]! + bucket[cell]!;
    buckets.push(bucket);
  }
  return { total, buckets };
}
