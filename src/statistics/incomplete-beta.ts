import { DomainError } from '../kernel/errors.ts';
import type { Tails } from './incomplete-gamma.ts';
import { logGamma } from './log-gamma.ts';

const PRECISION = 4e-16;
const SMALLEST = 1e-300;

/**
 * Regularised incomplete beta I_x(a, b) and its complement, a, b > 0, x in [0, 1]; `complement` is 1 − x, given
 * apart so that neither tail loses digits. Lentz's continued fraction, Abramowitz & Stegun 1964, 26.5.8.
 */
export function incompleteBeta(a: number, b: number, x: number, complement: number): Tails {
  if (!(a > 0) || !(b > 0) || !(x >= 0) || !(complement >= 0)) {
    const message = `The incomplete beta function has no value at a = ${a}, b = ${b}, x = ${x}: a, b > 0 and 0 ≤ x ≤ 1.`;
    throw new DomainError('INTERNAL', message);
  }
  if (x === 0) return { lower: 0, upper: 1 };
  if (complement === 0) return { lower: 1, upper: 0 };
  const logScale = a * Math.log(x) + b * Math.log(complement) + logGamma(a + b) - logGamma(a) - logGamma(b);
  const scale = Math.exp(logScale);
  if (x < (a + 1) / (a + b + 2)) {
    const lower = Math.min(1, (scale * continuedFraction(a, b, x)) / a);
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, (scale * continuedFraction(b, a, complement)) / b);
  return { lower: 1 - upper, upper };
}

function continuedFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 1_000_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return fraction;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < SMALLEST ? SMALLEST : value;
}
