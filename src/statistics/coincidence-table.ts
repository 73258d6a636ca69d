import { byBucket } from './by-bucket.ts';
import { itemTally } from './item-tally.ts';
import type { ItemsOfSize } from './items-by-size.ts';
import type { BucketedTable } from './jackknife.ts';
import type { RatedColumns } from './rated-columns.ts';

/**
 * The K×K coincidences of `krippendorffAlpha`, by bucket: Σ_i n_ic(n_ik − [c=k])/(m_i − 1) over the items of two ratings or more.
 * Krippendorff 2011.
 */
export function coincidenceTable(
  columns: RatedColumns,
  sizes: readonly ItemsOfSize[],
  basis: { readonly imageCount: number; readonly unitCount: number },
): BucketedTable {
  const { classCount, bucketCount, bucketOf } = columns;
  const size = classCount * classCount;
  const whole = new Float64Array(bucketCount * size);
  const pairs = new Float64Array(bucketCount * size);
  const tally = itemTally(columns);
  const { counts, used } = tally;
  for (const { ratings, items } of sizes) {
    if (ratings < 2) continue;
    pairs.fill(0);
    for (const item of items) {
      tally.take(item);
      const start = bucketOf[item]! * size;
      for (let one = 0; one < tally.usedCount; one += 1) {
        const c = used[one]!;
        const row = start + c * classCount;
        for (let other = 0; other < tally.usedCount; other += 1) {
          const k = used[other]!;
          const ofOther = c === k ? counts[k]! - 1 : counts[k]!;
          pairs[row + k] = pairs[row + k]! + counts[c]! * ofOther;
        }
      }
    }
    for (let cell = 0; cell < whole.length; cell += 1)
      whole[cell] = whole[cell]! + pairs[cell]! / (ratings - 1);
  }
  return { ...basis, ...byBucket(whole, size) };
}
