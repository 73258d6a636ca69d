import { byBucket } from './by-bucket.ts';
import type { BucketedTable } from './jackknife.ts';
import type { RatedColumns } from './rated-columns.ts';

/**
 * Of each rater asked for, a K×K table of counts row by row: the rater's class by the class that most of the others gave the
 * same item. Items without others, and those whose others tie, are left out.
 */
export function raterMajorityTables(columns: RatedColumns, raters: readonly number[]): BucketedTable[] {
  const { itemCount, offsets, classOf, raterOf, votes, classCount, bucketOf, bucketCount, unitOf } = columns;
  const slotOf = new Int32Array(columns.raterCount).fill(-1);
  for (const [slot, rater] of raters.entries()) slotOf[rater] = slot;
  const size = classCount * classCount;
  const cells = raters.map(() => new Float64Array(bucketCount * size));
  const units = raters.map(() => new Set<number>());
  const items = new Float64Array(raters.length);
  const counts = new Float64Array(classCount);
  for (let item = 0; item < itemCount; item += 1) {
    const [from, to] = [offsets[item]!, offsets[item + 1]!];
    for (let place = from; place < to; place += 1) counts[classOf[place]!]! += votes[place]!;
    for (let place = from; place < to; place += 1) {
      const slot = raterOf[place]! < 0 ? -1 : slotOf[raterOf[place]!]!;
      if (slot < 0) continue;
      const own = classOf[place]!;
      counts[own]! -= 1;
      const majority = majorityOf(counts, classOf, from, to);
      counts[own]! += 1;
      if (majority < 0) continue;
      cells[slot]![bucketOf[item]! * size + own * classCount + majority]! += 1;
      units[slot]!.add(unitOf[item]!);
      items[slot]! += 1;
    }
    for (let place = from; place < to; place += 1) counts[classOf[place]!] = 0;
  }
  return cells.map((flat, slot) => ({
    ...byBucket(flat, size),
    imageCount: items[slot]!,
    unitCount: units[slot]!.size,
  }));
}

/** The one class with most votes among those rated; −1 where none has any, or several tie. */
function majorityOf(counts: Float64Array, classOf: Int16Array, from: number, to: number): number {
  let [best, most, isTied] = [-1, 0, false];
  for (let place = from; place < to; place += 1) {
    const label = classOf[place]!;
    const count = counts[label]!;
    if (label === best || count === 0 || count < most) continue;
    isTied = count === most;
    best = label;
    most = count;
  }
  return isTied ? -1 : best;
}
