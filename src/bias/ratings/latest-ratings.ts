import type { RatingRows } from './rating-rows.ts';

/** Ratings of n items in their order: those of item i are `rows[offsets[i]]` up to `rows[offsets[i + 1]]`. */
export interface ItemRatings {
  readonly offsets: Int32Array;
  readonly rows: Int32Array;
  readonly superseded: number;
}

/**
 * The latest rating of each rater on each item: of the later revision, then of the later moment (an unknown one is the earliest),
 * then of the label or value that comes last. Of raters who are only counted (`isGroup`, by rater) the latest of each
 * label. `itemOf` gives the item of an image's code, −1 none; rows that `isTaken` refuses are left out. Ratings of an item stand in the
 * order of their raters, then labels.
 */
export function latestRatings(
  rows: RatingRows,
  itemOf: Int32Array,
  itemCount: number,
  isGroup: Uint8Array,
  isTaken: (row: number) => boolean = () => true,
): ItemRatings {
  const { arrived, starts } = byItem(rows, itemOf, itemCount, isTaken);
  const offsets = new Int32Array(itemCount + 1);
  const kept = new Int32Array(arrived.length);
  let filled = 0;
  const order = (a: number, b: number) => place(rows, isGroup, a, b) || later(rows, a, b);
  for (let item = 0; item < itemCount; item += 1) {
    const [start, end] = [starts[item]!, starts[item + 1]!];
    sortBetween(arrived, start, end, order);
    for (let at = start; at < end; at += 1) {
      if (at + 1 < end && place(rows, isGroup, arrived[at]!, arrived[at + 1]!) === 0) continue;
      kept[filled] = arrived[at]!;
      filled += 1;
    }
    offsets[item + 1] = filled;
  }
  return { offsets, rows: kept.slice(0, filled), superseded: arrived.length - filled };
}

const FEW = 24;

/** By insertion where there are few: no array is made for each of a million items. */
function sortBetween(
  rows: Int32Array,
  start: number,
  end: number,
  order: (a: number, b: number) => number,
): void {
  if (end - start > FEW) {
    rows.subarray(start, end).sort(order);
    return;
  }
  for (let at = start + 1; at < end; at += 1) {
    const row = rows[at]!;
    let gap = at;
    while (gap > start && order(rows[gap - 1]!, row) > 0) {
      rows[gap] = rows[gap - 1]!;
      gap -= 1;
    }
    rows[gap] = row;
  }
}

function byItem(
  { count, images }: RatingRows,
  itemOf: Int32Array,
  itemCount: number,
  isTaken: (row: number) => boolean,
): { arrived: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(itemCount + 2);
  const itemOfRow = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    const item = isTaken(row) ? itemOf[images[row]!]! : -1;
    itemOfRow[row] = item;
    if (item >= 0) starts[item + 2] = starts[item + 2]! + 1;
  }
  for (let item = 0; item < itemCount; item += 1) starts[item + 2] = starts[item + 2]! + starts[item + 1]!;
  const arrived = new Int32Array(starts[itemCount + 1]!);
  for (let row = 0; row < count; row += 1) {
    const item = itemOfRow[row]!;
    if (item < 0) continue;
    arrived[starts[item + 1]!] = row;
    starts[item + 1] = starts[item + 1]! + 1;
  }
  return { arrived, starts };
}

function place({ raterOf, labelOf }: RatingRows, isGroup: Uint8Array, a: number, b: number): number {
  const apart = raterOf[a]! - raterOf[b]!;
  return apart !== 0 || isGroup[raterOf[a]!] === 0 ? apart : labelOf[a]! - labelOf[b]!;
}

function later({ since, moments, labelOf, values, votes }: RatingRows, a: number, b: number): number {
  return (
    (since === null ? 0 : since[a]! - since[b]!) ||
    (moments === null ? 0 : moments[a]! - moments[b]!) ||
    labelOf[a]! - labelOf[b]! ||
    (values === null ? 0 : values[a]! - values[b]!) ||
    (votes === null ? 0 : votes[a]! - votes[b]!)
  );
}
