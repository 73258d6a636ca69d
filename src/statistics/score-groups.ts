import type { UnitStructure } from './coded-variable.ts';
import { FOLDS } from './naive-bayes-folds.ts';
import type { ScoreGroup } from './score-histograms.ts';

/** The buckets and folds that meet in labelled images, and the place in that list of each such image. */
export function scoreGroups(
  foldOf: Uint8Array,
  isLabelled: (image: number) => boolean,
  { unitOf, bucketOf, bucketCount }: UnitStructure,
): { readonly list: readonly ScoreGroup[]; readonly ofImage: Int16Array } {
  const list: ScoreGroup[] = [];
  const placeOf = new Int16Array(bucketCount * FOLDS).fill(-1);
  const ofImage = new Int16Array(foldOf.length);
  for (let image = 0; image < foldOf.length; image += 1) {
    if (!isLabelled(image)) continue;
    const bucket = bucketOf[unitOf[image]!]!;
    const group = bucket * FOLDS + foldOf[image]!;
    if (placeOf[group]! < 0) {
      placeOf[group] = list.length;
      list.push({ bucket, fold: foldOf[image]! });
    }
    ofImage[image] = placeOf[group]!;
  }
  return { list, ofImage };
}
