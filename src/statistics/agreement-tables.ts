import { addCoincidences } from './add-coincidences.ts';
import { itemAgreement } from './item-agreement.ts';
import type { BucketedTable } from './jackknife.ts';

/** Both tables over the same items: `agreements` as for `percentAgreement`, `coincidences` as for `krippendorffAlpha`. */
export interface AgreementTables {
  readonly agreements: BucketedTable;
  readonly coincidences: BucketedTable;
}

/** One item's ratings as class indexes 0..K−1, one for each annotator, with the unit and bucket of its image. */
export interface RatedItem {
  readonly unit: string;
  readonly bucket: number;
  readonly ratings: readonly number[];
}

/**
 * Folds a stream of rated items into the two tables of §6.1, at a cost of K² numbers a bucket. Items with fewer than two
 * ratings say nothing about agreement and count neither as image nor as unit.
 */
export function agreementTables(items: Iterable<RatedItem>, classes: number): AgreementTables {
  const buckets = new Map<number, { pairs: number[]; agreements: [number, number] }>();
  const units = new Set<string>();
  let imageCount = 0;
  for (const { unit, bucket, ratings } of items) {
    const agreeing = itemAgreement(ratings);
    if (agreeing === null) continue;
    let folded = buckets.get(bucket);
    if (folded === undefined) {
      folded = { pairs: new Array<number>(classes * classes).fill(0), agreements: [0, 0] };
      buckets.set(bucket, folded);
    }
    addCoincidences(folded.pairs, classes, ratings);
    folded.agreements[0] += agreeing;
    folded.agreements[1] += 1;
    imageCount += 1;
    units.add(unit);
  }
  const ordered = [...buckets].sort(([a], [b]) => a - b).map(([, folded]) => folded);
  const basis = { imageCount, unitCount: units.size };
  return {
    agreements: {
      ...basis,
      ...summed(
        ordered.map(({ agreements }) => agreements),
        2,
      ),
    },
    coincidences: {
      ...basis,
      ...summed(
        ordered.map(({ pairs }) => pairs),
        classes * classes,
      ),
    },
  };
}

function summed(
  buckets: readonly (readonly number[])[],
  cells: number,
): Pick<BucketedTable, 'total' | 'buckets'> {
  const total = new Array<number>(cells).fill(0);
  for (const bucket of buckets) {
    bucket.forEach((cell, index) => {
      total[index] = total[index]! + cell;
    });
  }
  return { total, buckets };
}
