import { type Estimate, estimate, notEstimable } from './estimate.ts';
import { FEWEST_UNITS_PER_CELL } from './lattice-coverage.ts';
import { wilsonInterval } from './wilson-interval.ts';

/**
 * How precisely a test set can score each class: half the width of Wilson's interval around a score of 90 % on its units.
 * Range (0, .5]. Fewer than 37 units: INSUFFICIENT, for the score is known to ±.10 at best; none: NO_TEST_CASES.
 */
export function testCases(
  counts: readonly { readonly imageCount: number; readonly unitCount: number }[],
): Estimate[] {
  return counts.map(({ imageCount, unitCount }) => {
    const basis = { imageCount, unitCount, method: 'half-width of a score of 90 %' };
    if (unitCount === 0) return notEstimable('NOT_APPLICABLE', 'NO_TEST_CASES', basis);
    const { lower, upper } = wilsonInterval(0.9 * unitCount, unitCount);
    const few = unitCount < FEWEST_UNITS_PER_CELL;
    return estimate({
      ...basis,
      value: (upper - lower) / 2,
      status: few ? 'INSUFFICIENT' : 'OK',
      reason: few ? 'FEWER_THAN_37_UNITS' : null,
    });
  });
}
