import { sum } from './sum.ts';

/** Counts or weights as shares of their sum; null where the sum is 0. */
export function normalized(weights: readonly number[]): number[] | null {
  const total = sum(weights);
  return total > 0 ? weights.map((weight) => weight / total) : null;
}
