import type { UnitStructure } from './coded-variable.ts';
import type { RatedColumns } from './rated-columns.ts';

/** The units of some items, numbered in the order in which they come, each in its bucket. */
export function unitsOfItems(
  { unitOf, bucketOf, bucketCount }: Pick<RatedColumns, 'unitOf' | 'bucketOf' | 'bucketCount'>,
  items: ArrayLike<number>,
): UnitStructure {
  const numberOf = new Map<number, number>();
  const buckets: number[] = [];
  const units = Int32Array.from(items, (item) => {
    const unit = unitOf[item]!;
    const number = numberOf.get(unit) ?? numberOf.size;
    numberOf.set(unit, number);
    buckets[number] = bucketOf[item]!;
    return number;
  });
  return { unitOf: units, bucketOf: Uint8Array.from(buckets), unitCount: numberOf.size, bucketCount };
}
