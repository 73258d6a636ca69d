import { incompleteGamma } from './incomplete-gamma.ts';
import { positiveQuantile } from './positive-quantile.ts';

/** The x with P(X² ≤ x) = p, 0 < p < 1, degrees of freedom > 0. */
export function chiSquareQuantile(p: number, degreesOfFreedom: number): number {
  return positiveQuantile(p, (x) => incompleteGamma(degreesOfFreedom / 2, x / 2));
}
