import type { BucketedTable } from '../../statistics/jackknife.ts';

/** One addend of a table: so much in a cell of a bucket. */
export interface Addend {
  readonly bucket: number;
  readonly cell: number;
  readonly amount: number;
}

/** Sums addends into one vector of `cells` a bucket, buckets in ascending order, and their total. */
export function bucketedTable(
  cells: number,
  addends: Iterable<Addend>,
  basis: { readonly imageCount: number; readonly unitCount: number },
): BucketedTable {
  const buckets = new Map<number, number[]>();
  const total = new Array<number>(cells).fill(0);
  for (const { bucket, cell, amount } of addends) {
    let vector = buckets.get(bucket);
    if (vector === undefined) {
      vector = new Array<number>(cells).fill(0);
      buckets.set(bucket, vector);
    }
    vector[cell] = vector[cell]! + amount;
    total[cell] = total[cell]! + amount;
  }
  const ordered = [...buckets].sort(([a], [b]) => a - b).map(([, vector]) => vector);
  return { total, buckets: ordered, imageCount: basis.imageCount, unitCount: basis.unitCount };
}
