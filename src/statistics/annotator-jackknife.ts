import type { Interval } from './estimate.ts';
import { jackknifeInterval, type Range } from './jackknife-interval.ts';
import { sum } from './sum.ts';

/** With fewer annotators nothing is said of others (specification §6.1). */
export const FEWEST_ANNOTATORS_FOR_INTERVAL = 5;

/**
 * The interval that speaks of other annotators too: the figure is made anew without each of R annotators,
 * SE² = (R−1)/R Σ(θ_(−a) − mean)², t of R−1 degrees of freedom, clamped to `range`. Null with fewer than 5 annotators, or where
 * a replicate has no value. Specification §6.1; Efron & Tibshirani 1993, ch. 11.
 */
export function annotatorJackknife(
  value: number | null,
  replicates: readonly (number | null)[],
  range: Range,
): Interval | null {
  const count = replicates.length;
  if (count < FEWEST_ANNOTATORS_FOR_INTERVAL || replicates.includes(null)) return null;
  const values = replicates as readonly number[];
  const mean = sum(values) / count;
  const standardError = Math.sqrt(((count - 1) / count) * sum(values.map((x) => (x - mean) ** 2)));
  const interval = jackknifeInterval({ value, standardError, degreesOfFreedom: count - 1 }, range);
  return interval && { ...interval, method: `delete-one-annotator jackknife, R = ${count}` };
}
