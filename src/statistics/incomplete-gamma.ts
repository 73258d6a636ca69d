import { DomainError } from '../kernel/errors.ts';
import { logGamma } from './log-gamma.ts';

/** Both tails; the smaller one is always computed directly, never as 1 minus the other. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

const PRECISION = 1e-16;
const SMALLEST = 1e-300;

/**
 * Regularised incomplete gamma functions P(a, x) and Q(a, x), a > 0, x ≥ 0: the power series below x = a + 1,
 * Lentz's continued fraction above. Abramowitz & Stegun 1964, 6.5.29 and 6.5.31. Throws on arguments outside.
 */
export function incompleteGamma(a: number, x: number): Tails {
  if (!(a > 0) || !(x >= 0)) {
    throw new DomainError(
      'INTERNAL',
      `The incomplete gamma function has no value at a = ${a}, x = ${x}: a > 0 and x ≥ 0.`,
    );
  }
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    const lower = Math.min(1, scale * series(a, x));
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, scale * continuedFraction(a, x));
  return { lower: 1 - upper, upper };
}

function series(a: number, x: number): number {
  let term = 1 / a;
  let total = term;
  for (let n = 1; term > total * PRECISION; n += 1) {
    term *= x / (a + n);
    total += term;
  }
  return total;
}

function continuedFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / SMALLEST;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 1_000_000; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / awayFromZero(numerator * d + b);
    c = awayFromZero(b + numerator / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 4 * PRECISION) break;
  }
  return fraction;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < SMALLEST ? SMALLEST : value;
}
