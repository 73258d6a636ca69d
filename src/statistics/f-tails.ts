import { incompleteBeta } from './incomplete-beta.ts';
import type { Tails } from './incomplete-gamma.ts';

/** Both tails of Fisher's F at f ≥ 0 with d1, d2 > 0 degrees of freedom: upper = I_{d2/(d2+d1·f)}(d2/2, d1/2). */
export function fTails(f: number, numerator: number, denominator: number): Tails {
  if (f === Infinity) return { lower: 1, upper: 0 };
  const whole = denominator + numerator * f;
  const { lower, upper } = incompleteBeta(
    denominator / 2,
    numerator / 2,
    denominator / whole,
    (numerator * f) / whole,
  );
  return { lower: upper, upper: lower };
}
