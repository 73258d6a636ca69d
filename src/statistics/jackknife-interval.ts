import type { Interval } from './estimate.ts';
import type { Jackknifed } from './jackknife.ts';
import { studentTQuantile } from './student-t-quantile.ts';

/** The values a statistic can take; an interval never leaves it. */
export interface Range {
  readonly lower: number;
  readonly upper: number;
}

export const UNBOUNDED: Range = { lower: -Infinity, upper: Infinity };
export const SHARE: Range = { lower: 0, upper: 1 };
export const NON_NEGATIVE: Range = { lower: 0, upper: Infinity };

/** θ ± t_{(1+level)/2, B−1} · SE, clamped to the range; null where the standard error could not be had. */
export function jackknifeInterval(
  jackknifed: Jackknifed,
  range: Range = UNBOUNDED,
  level = 0.95,
): Interval | null {
  const { value, standardError, degreesOfFreedom } = jackknifed;
  if (value === null || standardError === null) return null;
  const reach = studentTQuantile((1 + level) / 2, degreesOfFreedom) * standardError;
  const clamp = (limit: number) => Math.min(range.upper, Math.max(range.lower, limit));
  const method = `delete-a-group jackknife, B = ${degreesOfFreedom + 1}`;
  return { lower: clamp(value - reach), upper: clamp(value + reach), level, method };
}
