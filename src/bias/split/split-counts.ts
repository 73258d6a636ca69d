import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import type { BucketedTable } from '../../statistics/jackknife.ts';
import { proportion } from '../../statistics/proportion.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import type { DividedSubjects } from './divided-subjects.ts';

/** How many test images something holds for, and their share of all test images; of folds, of all images. */
export interface TestShare {
  readonly testImages: Estimate;
  readonly testShare: Estimate;
}

/** From a 1 for each test image it holds for. The share has the jackknife's interval over groups, and no colour of its own. */
export function testShare(
  flags: Uint8Array,
  divided: DividedSubjects,
  method: string,
  personal: boolean,
): TestShare {
  const { clusters, parts, roles } = divided;
  const buckets = Array.from({ length: clusters.bucketCount }, () => [0, 0]);
  const seen = new Uint8Array(clusters.unitCount);
  let [hits, imageCount, unitCount] = [0, 0, 0];
  for (let image = 0; image < flags.length; image += 1) {
    if (roles.takenBy !== 'FOLDS' && parts.codes[image] !== roles.test) continue;
    const cluster = clusters.unitOf[image]!;
    const bucket = buckets[clusters.bucketOf[cluster]!]!;
    imageCount += 1;
    bucket[1]! += 1;
    if (flags[image] === 1) {
      hits += 1;
      bucket[0]! += 1;
    }
    if (seen[cluster] === 0) unitCount += 1;
    seen[cluster] = 1;
  }
  const basis = { imageCount, unitCount, method };
  if (roles.takenBy === 'NONE') {
    const none = notEstimable('NOT_APPLICABLE', 'ONE_PART', basis);
    return { testImages: none, testShare: none };
  }
  const table: BucketedTable = { ...basis, total: [hits, imageCount], buckets };
  const share = imageCount === 0 ? notEstimable('EMPTY', 'EMPTY_TEST', basis) : proportion(table, method);
  const [images] = hideSmallCounts([hits, imageCount - hits], { ...basis, method: 'images' }, personal);
  return { testImages: images!, testShare: hideWith(images!, share) };
}

/** `214`, or `some` where it may not be told. */
export function countText({ value, status }: Estimate): string {
  return status === 'SUPPRESSED' ? 'some' : String(value ?? 0);
}
