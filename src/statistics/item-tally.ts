import type { RatedColumns } from './rated-columns.ts';

/** How many raters gave each class to one item after the other, without a new array each time. */
export interface ItemTally {
  /** By class; 0 of those that are not in `used`. */
  readonly counts: Int32Array;
  /** The classes of the item, the first `usedCount` of these. */
  readonly used: Int32Array;
  usedCount: number;
  /** Counts the ratings of this item in place of those of the last one. */
  readonly take: (item: number) => void;
}

/** A tally over the ratings of `columns`. */
export function itemTally({ offsets, classOf, votes, classCount }: RatedColumns): ItemTally {
  const counts = new Int32Array(classCount);
  const used = new Int32Array(classCount);
  const tally: ItemTally = {
    counts,
    used,
    usedCount: 0,
    take(item) {
      for (let place = 0; place < tally.usedCount; place += 1) counts[used[place]!] = 0;
      tally.usedCount = 0;
      for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1) {
        const given = classOf[place]!;
        if (counts[given] === 0) {
          used[tally.usedCount] = given;
          tally.usedCount += 1;
        }
        counts[given] = counts[given]! + votes[place]!;
      }
    },
  };
  return tally;
}
