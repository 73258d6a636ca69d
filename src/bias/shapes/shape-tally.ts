import type { BucketedTable } from '../../statistics/jackknife.ts';

/** Cells added up per bucket while images stream by, all parts of an image in a row. */
export interface ShapeTally {
  add(image: { image: string; unit: string; bucket: number }, amounts: readonly number[]): void;
  table(): BucketedTable;
}

export function shapeTally(cells: number): ShapeTally {
  const buckets = new Map<number, number[]>();
  const units = new Set<string>();
  let [imageCount, last]: [number, string | null] = [0, null];
  return {
    add({ image, unit, bucket }, amounts) {
      let sums = buckets.get(bucket);
      if (sums === undefined) {
        sums = new Array<number>(cells).fill(0);
        buckets.set(bucket, sums);
      }
      for (let cell = 0; cell < cells; cell += 1) sums[cell]! += amounts[cell]!;
      if (image !== last) imageCount += 1;
      last = image;
      units.add(unit);
    },
    table() {
      const ordered = [...buckets].sort(([a], [b]) => a - b).map(([, sums]) => sums);
      const total = new Array<number>(cells).fill(0);
      for (const sums of ordered) for (const [cell, amount] of sums.entries()) total[cell]! += amount;
      return { total, buckets: ordered, imageCount, unitCount: units.size };
    },
  };
}
