/** So many items have so many ratings; `orMore`: at least so many. */
export interface ItemsByRatings {
  readonly ratings: number;
  readonly orMore: boolean;
  readonly items: number;
}

const LAST = 3;

/** How many items carry 0, 1, 2, 3 or more ratings, from the number of ratings of each item, however many share it. */
export function overlapDesign(
  sizes: Iterable<{ readonly ratings: number; readonly items: number }>,
): ItemsByRatings[] {
  const counts = new Array<number>(LAST + 1).fill(0);
  for (const { ratings, items } of sizes) {
    const place = Math.min(LAST, ratings);
    counts[place] = counts[place]! + items;
  }
  return counts.map((items, ratings) => ({ ratings, orMore: ratings === LAST, items }));
}
