import { byBucket } from './by-bucket.ts';
import { itemTally } from './item-tally.ts';
import type { ItemsOfSize } from './items-by-size.ts';
import type { BucketedTable } from './jackknife.ts';
import type { RatedColumns } from './rated-columns.ts';

export interface CategoryTables {
  /** Sums of `categoryCells`, unweighted, and with quadratic weights of the classes in their order. */
  readonly unweighted: BucketedTable;
  readonly quadratic: BucketedTable;
  /** The cells of `classKappa` of a class. */
  readonly ofClass: (c: number) => BucketedTable;
}

const [TWICE, RATED, SAME, APART_SQUARED, PER_CLASS] = [0, 1, 2, 3, 4] as const;

/** The tables of the coefficients of Fleiss and Gwet, by bucket, over all rated items. Specification §6.1. */
export function categoryTables(
  columns: RatedColumns,
  sizes: readonly ItemsOfSize[],
  basis: { readonly imageCount: number; readonly unitCount: number },
): CategoryTables {
  const { classCount, bucketCount, bucketOf } = columns;
  const size = PER_CLASS + 2 * classCount;
  const whole = new Float64Array(bucketCount * size);
  const sums = new Float64Array(bucketCount * size);
  const tally = itemTally(columns);
  for (const { ratings, items } of sizes) {
    if (ratings === 0) continue;
    sums.fill(0);
    for (const item of items) {
      tally.take(item);
      addItem(sums, bucketOf[item]! * size, tally, ratings, classCount);
    }
    const pairs = ratings * (ratings - 1);
    const longest = Math.max(1, classCount - 1) ** 2 * pairs;
    for (let start = 0; start < whole.length; start += size) {
      const count = sums[start]!;
      if (count === 0) continue;
      const add = (cell: number, amount: number) => {
        whole[start + cell] = whole[start + cell]! + amount;
      };
      add(RATED, count);
      for (let c = 0; c < classCount; c += 1) add(PER_CLASS + c, sums[start + PER_CLASS + c]! / ratings);
      if (ratings < 2) continue;
      add(TWICE, count);
      add(SAME, sums[start + SAME]! / pairs);
      add(APART_SQUARED, count - sums[start + APART_SQUARED]! / longest);
      for (let c = 0; c < classCount; c += 1) {
        const cell = PER_CLASS + classCount + c;
        add(cell, sums[start + cell]! / pairs);
      }
    }
  }
  const table = byBucket(whole, size);
  const picked = (cells: readonly number[]): BucketedTable => {
    const pick = (vector: readonly number[]) => cells.map((cell) => vector[cell]!);
    return { ...basis, total: pick(table.total), buckets: table.buckets.map(pick) };
  };
  const shares = Array.from({ length: classCount }, (_, c) => PER_CLASS + c);
  return {
    unweighted: picked([TWICE, RATED, SAME, ...shares]),
    quadratic: picked([TWICE, RATED, APART_SQUARED, ...shares]),
    ofClass: (c) => picked([TWICE, RATED, PER_CLASS + classCount + c, PER_CLASS + c]),
  };
}

/** Whole numbers: items, Σ n(n−1), Σ over pairs of the squared distance of their classes, n, 2n(m−n). */
function addItem(
  sums: Float64Array,
  start: number,
  { counts, used, usedCount }: ReturnType<typeof itemTally>,
  ratings: number,
  classCount: number,
): void {
  let [same, first, second] = [0, 0, 0];
  for (let place = 0; place < usedCount; place += 1) {
    const c = used[place]!;
    const n = counts[c]!;
    same += n * (n - 1);
    first += n * c;
    second += n * c * c;
    const share = start + PER_CLASS + c;
    sums[share] = sums[share]! + n;
    sums[share + classCount] = sums[share + classCount]! + 2 * n * (ratings - n);
  }
  sums[start] = sums[start]! + 1;
  sums[start + SAME] = sums[start + SAME]! + same;
  sums[start + APART_SQUARED] = sums[start + APART_SQUARED]! + 2 * (ratings * second - first * first);
}
