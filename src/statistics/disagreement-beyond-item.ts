import type { RatedColumns } from './rated-columns.ts';

/**
 * d_ia of each rating: 1 − share of the item's other raters who say the same, less the mean of this over the item's raters, which
 * takes out how hard the item is. Range (−1, 1), 0 on average over an item; NaN with fewer than three raters, where it is 0
 * whoever errs. Specification §6.4.
 */
export function disagreementBeyondItem({
  itemCount,
  offsets,
  classOf,
  votes,
  classCount,
}: Pick<RatedColumns, 'itemCount' | 'offsets' | 'classOf' | 'votes' | 'classCount'>): Float64Array {
  const beyond = new Float64Array(classOf.length).fill(Number.NaN);
  const counts = new Float64Array(classCount);
  for (let item = 0; item < itemCount; item += 1) {
    const [from, to] = [offsets[item]!, offsets[item + 1]!];
    let raters = 0;
    for (let place = from; place < to; place += 1) {
      counts[classOf[place]!]! += votes[place]!;
      raters += votes[place]!;
    }
    if (raters >= 3) {
      let agreeing = 0;
      for (let place = from; place < to; place += 1)
        agreeing += votes[place]! * (counts[classOf[place]!]! - 1);
      for (let place = from; place < to; place += 1)
        beyond[place] = (agreeing / raters - (counts[classOf[place]!]! - 1)) / (raters - 1);
    }
    for (let place = from; place < to; place += 1) counts[classOf[place]!] = 0;
  }
  return beyond;
}
