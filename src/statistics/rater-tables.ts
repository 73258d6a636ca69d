import { byBucket } from './by-bucket.ts';
import { distinctUnits } from './distinct-units.ts';
import { itemTally } from './item-tally.ts';
import type { ItemsOfSize } from './items-by-size.ts';
import type { BucketedTable } from './jackknife.ts';
import type { RatedColumns } from './rated-columns.ts';

/** One rater against the others of the same items, the rater left out. */
export interface RaterTable {
  readonly rater: number;
  /**
   * Cells [Σ share of the others who say the same, items, own labels of each class, the others' of each class], an item's others
   * counting as one; over the items that somebody else rated too.
   */
  readonly table: BucketedTable;
}

/**
 * The tables of at most `most` raters: first those with `enough` items or more, of these the ones who agree least with the
 * others. Raters who share no item have none.
 */
export function raterTables(
  columns: RatedColumns,
  sizes: readonly ItemsOfSize[],
  { most, enough }: { readonly most: number; readonly enough: number },
): RaterTable[] {
  const { classCount, bucketCount, bucketOf, offsets, classOf, raterOf } = columns;
  const listed = chosenRaters(columns, sizes, most, enough);
  const slotOf = new Int32Array(columns.raterCount).fill(-1);
  for (const [slot, rater] of listed.entries()) slotOf[rater] = slot;
  const size = 2 + 2 * classCount;
  const cells = listed.length * bucketCount * size;
  const [whole, sums] = [new Float64Array(cells), new Float64Array(cells)];
  const tally = itemTally(columns);
  const { counts, used } = tally;
  for (const { ratings, items } of sizes) {
    if (ratings < 2) continue;
    sums.fill(0);
    for (const item of items) {
      tally.take(item);
      for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1) {
        const slot = raterOf[place]! < 0 ? -1 : slotOf[raterOf[place]!]!;
        if (slot < 0) continue;
        const own = classOf[place]!;
        const start = (slot * bucketCount + bucketOf[item]!) * size;
        sums[start] = sums[start]! + counts[own]! - 1;
        sums[start + 1] = sums[start + 1]! + 1;
        sums[start + 2 + own] = sums[start + 2 + own]! + 1;
        for (let other = 0; other < tally.usedCount; other += 1) {
          const c = used[other]!;
          const cell = start + 2 + classCount + c;
          sums[cell] = sums[cell]! + (c === own ? counts[c]! - 1 : counts[c]!);
        }
      }
    }
    for (let start = 0; start < cells; start += size) {
      for (let cell = 0; cell < size; cell += 1) {
        const isOfOthers = cell === 0 || cell >= 2 + classCount;
        const amount = sums[start + cell]! / (isOfOthers ? ratings - 1 : 1);
        whole[start + cell] = whole[start + cell]! + amount;
      }
    }
  }
  const items = sharedItems(columns, sizes, slotOf, listed.length);
  const unitsOf = distinctUnits(columns.unitOf, columns.unitCount);
  const tables = listed.map((rater, slot) => {
    const own = whole.subarray(slot * bucketCount * size, (slot + 1) * bucketCount * size);
    const table = byBucket(own, size);
    return { rater, table: { ...table, imageCount: items[slot]!.length, unitCount: unitsOf(items[slot]!) } };
  });
  return inOrder(tables, enough);
}

function inOrder(tables: readonly RaterTable[], enough: number): RaterTable[] {
  const share = ({ table }: RaterTable) => table.total[0]! / table.total[1]!;
  const isFew = ({ table }: RaterTable) => (table.imageCount < enough ? 1 : 0);
  return tables
    .filter(({ table }) => table.imageCount > 0)
    .sort((a, b) => isFew(a) - isFew(b) || share(a) - share(b) || a.rater - b.rater);
}

/** Of each slot the items that somebody else rated too. */
function sharedItems(
  { offsets, raterOf }: RatedColumns,
  sizes: readonly ItemsOfSize[],
  slotOf: Int32Array,
  slots: number,
): Int32Array[] {
  const counts = new Int32Array(slots);
  const eachRating = (hear: (slot: number, item: number) => void) => {
    for (const { ratings, items } of sizes) {
      if (ratings < 2) continue;
      for (const item of items) {
        for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1) {
          const slot = raterOf[place]! < 0 ? -1 : slotOf[raterOf[place]!]!;
          if (slot >= 0) hear(slot, item);
        }
      }
    }
  };
  eachRating((slot) => {
    counts[slot] = counts[slot]! + 1;
  });
  const lists = Array.from(counts, (count) => new Int32Array(count));
  counts.fill(0);
  eachRating((slot, item) => {
    lists[slot]![counts[slot]!] = item;
    counts[slot] = counts[slot]! + 1;
  });
  return lists;
}

function chosenRaters(
  { raterCount, offsets, classOf, raterOf, votes }: RatedColumns,
  sizes: readonly ItemsOfSize[],
  most: number,
  enough: number,
): number[] {
  if (raterCount <= most) return Array.from({ length: raterCount }, (_, rater) => rater);
  const items = new Float64Array(raterCount);
  const agreeing = new Float64Array(raterCount);
  const same = new Float64Array(raterCount);
  for (const { ratings, items: ofSize } of sizes) {
    if (ratings < 2) continue;
    same.fill(0);
    for (const item of ofSize) {
      for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1) {
        const rater = raterOf[place]!;
        if (rater < 0) continue;
        items[rater] = items[rater]! + 1;
        let alike = -1;
        for (let other = offsets[item]!; other < offsets[item + 1]!; other += 1)
          if (classOf[other] === classOf[place]) alike += votes[other]!;
        same[rater] = same[rater]! + alike;
      }
    }
    for (let rater = 0; rater < raterCount; rater += 1)
      agreeing[rater] = agreeing[rater]! + same[rater]! / (ratings - 1);
  }
  const share = (rater: number) => agreeing[rater]! / items[rater]!;
  const isFew = (rater: number) => (items[rater]! < enough ? 1 : 0);
  return Array.from({ length: raterCount }, (_, rater) => rater)
    .filter((rater) => items[rater]! > 0)
    .sort((a, b) => isFew(a) - isFew(b) || share(a) - share(b) || a - b)
    .slice(0, most);
}
