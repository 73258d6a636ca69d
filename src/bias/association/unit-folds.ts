import type { UnitStructure } from '../../statistics/coded-variable.ts';
import { FOLDS } from '../../statistics/naive-bayes-folds.ts';
import { BUCKET_COUNT, unitBucket } from '../../statistics/unit-bucket.ts';

/**
 * The fold of each unit, 0 … 4: the first four bytes of SHA-256 over its name, big-endian, modulo 5, which is its hash
 * bucket of 50 modulo 5. Below 50 units, where each is a bucket of its own, it is taken from the name.
 */
export function unitFolds({ bucketOf, bucketCount }: UnitStructure, names: readonly string[]): Uint8Array {
  if (bucketCount === BUCKET_COUNT && names.length >= BUCKET_COUNT)
    return bucketOf.map((bucket) => bucket % FOLDS);
  return Uint8Array.from(names, (name) => unitBucket(name) % FOLDS);
}
