import { leaveOneOutMeans } from './leave-one-out-means.ts';
import type { RatedColumns } from './rated-columns.ts';
import { type Severity, severity } from './severity.ts';
import { unitsOfItems } from './units-of-items.ts';

export interface RaterSeverity {
  readonly rater: number;
  readonly sharedItems: number;
  readonly severity: Severity;
}

/** How ratings stand by item and rater (`RatedColumns`); counted, unnamed raters (−1) are among the others, once each. */
type Columns = Pick<
  RatedColumns,
  'itemCount' | 'offsets' | 'raterOf' | 'raterCount' | 'unitOf' | 'bucketOf' | 'bucketCount'
>;

/**
 * `severity` of every rater who shares an item, from the value of each rating (of ordered classes: their places; NaN: none), in the
 * order of raters. Specification §6.3.
 */
export function raterSeverities(columns: Columns, values: Float64Array): RaterSeverity[] {
  const { itemCount, offsets, raterOf, raterCount } = columns;
  const others = leaveOneOutMeans(offsets, values);
  const placesOf = Array.from({ length: raterCount }, (): { item: number; place: number }[] => []);
  for (let item = 0; item < itemCount; item += 1)
    for (let place = offsets[item]!; place < offsets[item + 1]!; place += 1)
      if (raterOf[place]! >= 0 && !Number.isNaN(others[place]!))
        placesOf[raterOf[place]!]!.push({ item, place });
  return placesOf.flatMap((places, rater) => {
    if (places.length === 0) return [];
    const items = places.map(({ item }) => item);
    const own = Float64Array.from(places, ({ place }) => values[place]!);
    const rest = Float64Array.from(places, ({ place }) => others[place]!);
    return [
      { rater, sharedItems: places.length, severity: severity(unitsOfItems(columns, items), own, rest) },
    ];
  });
}
