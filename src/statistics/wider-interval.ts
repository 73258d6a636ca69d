import type { Interval } from './estimate.ts';

/** The wider of two intervals of one figure, the first of equals; the one there is where there is but one. */
export function widerInterval(one: Interval | null, other: Interval | null): Interval | null {
  if (one === null || other === null) return one ?? other;
  return other.upper - other.lower > one.upper - one.lower ? other : one;
}
