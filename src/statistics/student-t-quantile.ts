import { positiveQuantile } from './positive-quantile.ts';
import { studentTUpperTail } from './student-t-upper-tail.ts';

/** The t with P(T ≤ t) = p, 0 < p < 1, degrees of freedom > 0. */
export function studentTQuantile(p: number, degreesOfFreedom: number): number {
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentTQuantile(1 - p, degreesOfFreedom);
  return positiveQuantile(p, (t) => {
    const upper = studentTUpperTail(t, degreesOfFreedom);
    return { lower: 1 - upper, upper };
  });
}
