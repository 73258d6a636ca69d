import { byBucket } from './by-bucket.ts';
import type { BucketedTable } from './jackknife.ts';
import { majorityOfOthers } from './majority-of-others.ts';
import type { RatedColumns } from './rated-columns.ts';

/**
 * Of each rater asked for, a K×K table of counts row by row: the rater's class by the class that most of the others gave the
 * same item. Items without others, and those whose others tie, are left out.
 */
export function raterMajorityTables(columns: RatedColumns, raters: readonly number[]): BucketedTable[] {
  const { itemCount, offsets, classOf, raterOf, classCount, bucketOf, bucketCount, unitOf } = columns;
  const slotOf = new Int32Array(columns.raterCount).fill(-1);
  for (const [slot, rater] of raters.entries()) slotOf[rater] = slot;
  const size = classCount * classCount;
  const cells = raters.map(() => new Float64Array(bucketCount * size));
  const units = raters.map(() => new Set<number>());
  const items = new Float64Array(raters.length);
  const majority = majorityOfOthers(columns);
  for (let item = 0; item < itemCount; item += 1)
    for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1) {
      const slot = raterOf[place]! < 0 ? -1 : slotOf[raterOf[place]!]!;
      if (slot < 0 || majority[place]! < 0) continue;
      cells[slot]![bucketOf[item]! * size + classOf[place]! * classCount + majority[place]!]! += 1;
      units[slot]!.add(unitOf[item]!);
      items[slot]! += 1;
    }
  return cells.map((flat, slot) => ({
    ...byBucket(flat, size),
    imageCount: items[slot]!,
    unitCount: units[slot]!.size,
  }));
}
