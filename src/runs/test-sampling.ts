import { type Estimate, estimate } from '../statistics/estimate.ts';
import type { BucketedTable } from '../statistics/jackknife.ts';
import { proportion } from '../statistics/proportion.ts';
import { sum } from '../statistics/sum.ts';
import { wilsonInterval } from '../statistics/wilson-interval.ts';
import type { RunScore } from './run-score.ts';

/** A share of images that came out right, which alone has a binomial error. */
const ACCURACY = /(^|[^a-z])acc(uracy)?([^a-z]|$)/i;

/** Cells [sum of the images' shares right, images] by jackknife bucket of their units. */
export interface TestOutcomes extends BucketedTable {
  /** False where some image is its own unit because nobody said which it is of. */
  readonly areUnitsKnown: boolean;
}

/**
 * How far a share of right images would go on other test images. Where it is known which came out right: the jackknife over the units of the test images, each
 * image once, by its mean over the runs; images of which nobody knows the unit are their own (UNIT_UNKNOWN). Else, of an accuracy: √(p(1−p)/n) of one run's
 * test images, which takes each for a unit (UNITS_UNKNOWN). Null for other metrics, or where nobody knows how many images were tested.
 */
export function testSampling(
  metric: string,
  scores: readonly RunScore[],
  outcomes: TestOutcomes | null,
): Estimate | null {
  if (!ACCURACY.test(metric)) return null;
  if (outcomes !== null) {
    const share = proportion(outcomes, 'share of test images right, each by its mean over the runs');
    return outcomes.areUnitsKnown ? share : estimate({ ...share, reason: share.reason ?? 'UNIT_UNKNOWN' });
  }
  const tested = scores.flatMap(({ testImages }) => testImages ?? []);
  const share = sum(scores.map(({ value }) => value)) / scores.length;
  if (tested.length === 0 || share < 0 || share > 1) return null;
  const images = Math.round(sum(tested) / tested.length);
  return estimate({
    value: share,
    reason: 'UNITS_UNKNOWN',
    interval: wilsonInterval(share * images, images),
    imageCount: images,
    unitCount: images,
    method: 'share of test images right, each taken for a unit',
  });
}
