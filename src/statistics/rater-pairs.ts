import { distinctUnits } from './distinct-units.ts';
import type { RatedColumns } from './rated-columns.ts';

/** Two raters on the items that both rated. */
export interface RaterPair {
  readonly first: number;
  readonly second: number;
  readonly imageCount: number;
  readonly unitCount: number;
  /** The items, and the places of the ratings of the first and of the second. */
  readonly items: Int32Array;
  readonly places: Int32Array;
  readonly otherPlaces: Int32Array;
}

/** Pairs are looked for among so many raters, those with the most ratings. */
const MOST_RATERS = 64;

/** The pairs of named raters who share `enough` items or more: at most `most`, those who share the most. */
export function raterPairs(
  columns: Pick<RatedColumns, 'itemCount' | 'offsets' | 'raterOf' | 'raterCount' | 'unitOf' | 'unitCount'>,
  { most, enough }: { readonly most: number; readonly enough: number },
): RaterPair[] {
  const { itemCount, offsets, raterOf, unitOf } = columns;
  const raters = busiest(columns);
  const slotOf = new Int32Array(columns.raterCount).fill(-1);
  for (const [slot, rater] of raters.entries()) slotOf[rater] = slot;
  const size = raters.length;
  const eachPair = (hear: (pair: number, item: number, place: number, other: number) => void) => {
    for (let item = 0; item < itemCount; item += 1) {
      for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1) {
        const slot = raterOf[place]! < 0 ? -1 : slotOf[raterOf[place]!]!;
        if (slot < 0) continue;
        for (let other = offsets[item]!; other < offsets[item + 1]!; other += 1) {
          const beside = raterOf[other]! < 0 ? -1 : slotOf[raterOf[other]!]!;
          if (beside > slot) hear(slot * size + beside, item, place, other);
        }
      }
    }
  };
  const shared = new Int32Array(size * size);
  eachPair((pair) => {
    shared[pair] = shared[pair]! + 1;
  });
  const chosen = Array.from(shared.keys())
    .filter((pair) => shared[pair]! >= Math.max(1, enough))
    .sort((a, b) => shared[b]! - shared[a]! || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
  const places = new Map(
    chosen.map((pair) => {
      const made = () => new Int32Array(shared[pair]!);
      return [pair, { items: made(), places: made(), otherPlaces: made(), filled: 0 }];
    }),
  );
  eachPair((pair, item, place, other) => {
    const held = places.get(pair);
    if (held === undefined) return;
    held.items[held.filled] = item;
    held.places[held.filled] = place;
    held.otherPlaces[held.filled] = other;
    held.filled += 1;
  });
  const unitsOf = distinctUnits(unitOf, columns.unitCount);
  return [...places].map(([pair, { filled, ...own }]) => ({
    first: raters[Math.floor(pair / size)]!,
    second: raters[pair % size]!,
    imageCount: filled,
    unitCount: unitsOf(own.items),
    ...own,
  }));
}

/** In the order of their codes. */
function busiest({ raterOf, raterCount }: Pick<RatedColumns, 'raterOf' | 'raterCount'>): number[] {
  const ratings = new Float64Array(raterCount);
  for (const rater of raterOf) if (rater >= 0) ratings[rater] = ratings[rater]! + 1;
  return Array.from({ length: raterCount }, (_, rater) => rater)
    .sort((a, b) => ratings[b]! - ratings[a]! || a - b)
    .slice(0, MOST_RATERS)
    .sort((a, b) => a - b);
}
