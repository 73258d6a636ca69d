import { fTails } from './f-tails.ts';
import { positiveQuantile } from './positive-quantile.ts';

/** The f with P(F ≤ f) = p, 0 < p < 1, of Fisher's F with d1, d2 > 0 degrees of freedom. */
export function fQuantile(p: number, numerator: number, denominator: number): number {
  return positiveQuantile(p, (f) => fTails(f, numerator, denominator));
}
