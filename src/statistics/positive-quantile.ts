import { DomainError } from '../kernel/errors.ts';
import type { Tails } from './incomplete-gamma.ts';

/**
 * The x > 0 at which a continuous distribution on the positive axis has lower tail p, 0 < p < 1: bisection on
 * ln x to the last digit. The smaller tail decides, so that no digit is lost near 1.
 */
export function positiveQuantile(p: number, tails: (x: number) => Tails): number {
  if (!(p > 0 && p < 1)) {
    throw new DomainError('INTERNAL', `A quantile at probability ${p} was asked for: it lies within (0, 1).`);
  }
  const isBelow = (x: number) => (p < 0.5 ? tails(x).lower < p : tails(x).upper > 1 - p);
  let low = -744;
  let high = 709;
  while (high - low > 2.3e-16 * Math.max(1, Math.abs(low))) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (isBelow(Math.exp(middle))) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
