import { byBucket } from './by-bucket.ts';
import type { BucketedTable } from './jackknife.ts';
import type { RatedColumns } from './rated-columns.ts';
import type { RaterPair } from './rater-pairs.ts';

/**
 * The classes of a pair by bucket: [equal, Σ|i−j|, Σ(i−j)², margins of the first, margins of the second], to be turned into the
 * cells of `cohenKappa`.
 */
export function pairClasses(
  { classOf, bucketOf, bucketCount, classCount }: RatedColumns,
  { items, places, otherPlaces, imageCount, unitCount }: RaterPair,
): BucketedTable {
  const size = 3 + 2 * classCount;
  const cells = new Float64Array(bucketCount * size);
  for (const [index, item] of items.entries()) {
    const [one, other] = [classOf[places[index]!]!, classOf[otherPlaces[index]!]!];
    const start = bucketOf[item]! * size;
    const apart = Math.abs(one - other);
    cells[start] = cells[start]! + (apart === 0 ? 1 : 0);
    cells[start + 1] = cells[start + 1]! + apart;
    cells[start + 2] = cells[start + 2]! + apart * apart;
    cells[start + 3 + one] = cells[start + 3 + one]! + 1;
    cells[start + 3 + classCount + other] = cells[start + 3 + classCount + other]! + 1;
  }
  return { ...byBucket(cells, size), imageCount, unitCount };
}
