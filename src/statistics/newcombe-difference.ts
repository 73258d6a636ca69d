import { type Estimate, estimate, notEstimable } from './estimate.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** Successes among trials, each trial an independent unit. */
export interface Trials {
  readonly successes: number;
  readonly trials: number;
}

/**
 * p1 − p2 of two independent groups, range [−1, 1], with the hybrid score interval
 * d − √((p1−l1)² + (u2−p2)²) … d + √((u1−p1)² + (p2−l2)²) from both Wilson limits. An empty group: EMPTY.
 * Newcombe 1998, Statistics in Medicine 17:873, method 10.
 */
export function newcombeDifference(first: Trials, second: Trials, level = 0.95): Estimate {
  const count = first.trials + second.trials;
  const basis = { imageCount: count, unitCount: count, method: 'difference of shares' };
  if (first.trials === 0 || second.trials === 0) return notEstimable('EMPTY', 'EMPTY_GROUP', basis);
  const [p1, p2] = [first.successes / first.trials, second.successes / second.trials];
  const one = wilsonInterval(first.successes, first.trials, level);
  const two = wilsonInterval(second.successes, second.trials, level);
  const value = p1 - p2;
  const interval = {
    lower: value - Math.hypot(p1 - one.lower, two.upper - p2),
    upper: value + Math.hypot(one.upper - p1, p2 - two.lower),
    level,
    method: 'Newcombe hybrid score',
  };
  return estimate({ ...basis, value, interval });
}
