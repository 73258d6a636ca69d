import { incompleteGamma } from './incomplete-gamma.ts';

/** P(X² > x) with `degreesOfFreedom` > 0, x ≥ 0: Q(df/2, x/2). */
export function chiSquareUpperTail(x: number, degreesOfFreedom: number): number {
  return incompleteGamma(degreesOfFreedom / 2, x / 2).upper;
}
