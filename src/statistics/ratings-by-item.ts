import { type ClassRatings, requireClassRatings } from './class-ratings.ts';

/**
 * n^a_il: how often annotator a said class l of item i, for those that did. Item i's are at places `starts[i]` to before
 * `starts[i + 1]`, by annotator and then by class.
 */
export interface RatingsByItem {
  readonly starts: Int32Array;
  readonly annotatorOf: Int32Array;
  readonly labelOf: Int32Array;
  readonly votes: Float64Array;
}

/**
 * Ratings sorted by item, annotator and class, equal ones joined, so that nothing made of them depends on the order in
 * which they came. Three counting sorts, O(ratings + items + annotators + classes).
 */
export function ratingsByItem(ratings: ClassRatings): RatingsByItem {
  requireClassRatings(ratings);
  const { itemOf, annotatorOf, labelOf, votes } = ratings;
  let order: Int32Array = Int32Array.from(itemOf, (_, rating) => rating);
  order = sortedBy(order, labelOf, ratings.classes);
  order = sortedBy(order, annotatorOf, ratings.annotators);
  order = sortedBy(order, itemOf, ratings.items);
  const starts = new Int32Array(ratings.items + 1);
  const joined = {
    annotatorOf: new Int32Array(order.length),
    labelOf: new Int32Array(order.length),
    votes: new Float64Array(order.length),
  };
  let [place, item] = [-1, -1];
  for (const rating of order) {
    const [a, l] = [annotatorOf[rating]!, labelOf[rating]!];
    const isNew = itemOf[rating] !== item || joined.annotatorOf[place] !== a || joined.labelOf[place] !== l;
    if (isNew) place += 1;
    for (; item < itemOf[rating]!; item += 1) starts[item + 1] = place;
    joined.annotatorOf[place] = a;
    joined.labelOf[place] = l;
    joined.votes[place]! += votes === undefined ? 1 : votes[rating]!;
  }
  const length = place + 1;
  starts.fill(length, item + 1);
  return {
    starts,
    annotatorOf: joined.annotatorOf.subarray(0, length),
    labelOf: joined.labelOf.subarray(0, length),
    votes: joined.votes.subarray(0, length),
  };
}

/** Stable. */
function sortedBy(order: Int32Array, codes: Int32Array, levels: number): Int32Array {
  const next = new Int32Array(levels + 1);
  for (let rating = 0; rating < codes.length; rating += 1) next[codes[rating]! + 1]! += 1;
  for (let level = 0; level < levels; level += 1) next[level + 1]! += next[level]!;
  const sorted = new Int32Array(order.length);
  for (let at = 0; at < order.length; at += 1) {
    const rating = order[at]!;
    const code = codes[rating]!;
    sorted[next[code]!] = rating;
    next[code]! += 1;
  }
  return sorted;
}
