import type { RatedColumns } from './rated-columns.ts';

/** The items that have `ratings` ratings each. */
export interface ItemsOfSize {
  readonly ratings: number;
  readonly items: Int32Array;
}

/**
 * The items by their number of ratings, ascending. What is summed over items of one number is whole: only then is it divided, so
 * that no figure hangs on the order of the items.
 */
export function itemsBySize({ itemCount, offsets, votes }: RatedColumns): ItemsOfSize[] {
  const sizes = new Int32Array(itemCount);
  const counts = new Map<number, number>();
  for (let item = 0; item < itemCount; item += 1) {
    let size = 0;
    for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1) size += votes[place]!;
    sizes[item] = size;
    counts.set(size, (counts.get(size) ?? 0) + 1);
  }
  const groups = new Map(
    [...counts]
      .sort(([a], [b]) => a - b)
      .map(([ratings, count]) => [ratings, { ratings, items: new Int32Array(count), filled: 0 }]),
  );
  for (let item = 0; item < itemCount; item += 1) {
    const group = groups.get(sizes[item]!)!;
    group.items[group.filled] = item;
    group.filled += 1;
  }
  return [...groups.values()].map(({ ratings, items }) => ({ ratings, items }));
}
