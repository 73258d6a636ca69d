import type { RatedColumns } from '../../statistics/rated-columns.ts';

/** Raters and the items that all of them rated; of item i by rater j the place `places[i · k + j]`. */
export interface CompleteBlock {
  readonly raters: readonly number[];
  readonly items: readonly number[];
  readonly places: readonly number[];
}

const MOST_RATERS = 10;
const FEWEST_ITEMS = 10;

/**
 * The block without a missing value that holds the most ratings, among the j raters of most shared items, j = 2 … 10: with ten items
 * or more where there is one. Empty where no two raters share an item.
 */
export function completeBlock(
  columns: Pick<RatedColumns, 'itemCount' | 'offsets' | 'raterOf' | 'raterCount'>,
): CompleteBlock {
  const { itemCount, offsets, raterOf, raterCount } = columns;
  const shared = new Float64Array(raterCount);
  const eachShared = (hear: (item: number) => void) => {
    for (let item = 0; item < itemCount; item += 1) if (offsets[item + 1]! - offsets[item]! > 1) hear(item);
  };
  eachShared((item) => {
    for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1)
      shared[raterOf[place]!] = shared[raterOf[place]!]! + 1;
  });
  const busiest = Array.from({ length: raterCount }, (_, rater) => rater)
    .filter((rater) => shared[rater]! > 0)
    .sort((a, b) => shared[b]! - shared[a]! || a - b)
    .slice(0, MOST_RATERS);
  const slotOf = new Int32Array(raterCount).fill(-1);
  for (const [slot, rater] of busiest.entries()) slotOf[rater] = slot;
  const full = new Float64Array(busiest.length + 1);
  eachShared((item) => {
    const reach = firstMissing(columns, slotOf, item);
    for (let size = 2; size <= reach; size += 1) full[size] = full[size]! + 1;
  });
  const worth = (size: number) => (full[size]! >= FEWEST_ITEMS ? 1e15 : 0) + size * full[size]!;
  let best = 0;
  for (let size = 2; size < full.length; size += 1)
    if (full[size]! > 0 && (best === 0 || worth(size) > worth(best))) best = size;
  const raters = busiest.slice(0, best);
  const items: number[] = [];
  const places: number[] = [];
  eachShared((item) => {
    if (best === 0 || firstMissing(columns, slotOf, item) < best) return;
    items.push(item);
    const own = new Array<number>(best);
    for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1) {
      const slot = slotOf[raterOf[place]!]!;
      if (slot >= 0 && slot < best) own[slot] = place;
    }
    places.push(...own);
  });
  return { raters, items, places };
}

/** How many of the slots 0, 1, … an item has without a gap. */
function firstMissing(
  { offsets, raterOf }: Pick<RatedColumns, 'offsets' | 'raterOf'>,
  slotOf: Int32Array,
  item: number,
): number {
  let slots = 0;
  for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1) {
    const slot = slotOf[raterOf[place]!]!;
    if (slot >= 0) slots |= 1 << slot;
  }
  let reach = 0;
  while ((slots & (1 << reach)) !== 0) reach += 1;
  return reach;
}
