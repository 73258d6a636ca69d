import { BUCKET_COUNT, unitBucket } from './unit-bucket.ts';

/**
 * The jackknife bucket of each unit present. With 50 units or more it is the unit's hash bucket; with fewer, each
 * unit is a bucket of its own, numbered in the order of the units' UTF-16 code units, so that no two collide.
 */
export function assignBuckets(units: Iterable<string>): Map<string, number> {
  const distinct = [...new Set(units)].sort();
  const few = distinct.length < BUCKET_COUNT;
  return new Map(distinct.map((unit, rank) => [unit, few ? rank : unitBucket(unit)]));
}
