/**
 * `at`: index at which the sum passed the limit; `since`: the first index of the rise that did, where the change
 * lies.
 */
export interface Alarm {
  readonly at: number;
  readonly since: number;
  readonly direction: 'UP' | 'DOWN';
}

export interface CumulativeSum {
  /** S⁺ and S⁻ at each index, before they start anew. */
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  readonly alarms: readonly Alarm[];
}

/** Half the shift to be found, in standard deviations: tuned to a shift of one. */
const ALLOWANCE = 0.5;

/**
 * Tabular CUSUM of a series in standard deviations from its reference mean: S⁺ ← max(0, S⁺ + z − ½), S⁻ ← max(0, S⁻ −
 * z − ½); an alarm where one exceeds the limit, whereupon both start anew at 0. At limit 5 it alarms falsely every
 * 465 values and finds a shift of one standard deviation after 10. Page 1954, Biometrika 41:100; Montgomery 2013,
 * §9.1.
 */
export function cumulativeSum(standardized: ArrayLike<number>, limit: number): CumulativeSum {
  const upper = new Float64Array(standardized.length);
  const lower = new Float64Array(standardized.length);
  const alarms: Alarm[] = [];
  let [high, low, highSince, lowSince] = [0, 0, 0, 0];
  for (let at = 0; at < standardized.length; at += 1) {
    if (high === 0) highSince = at;
    if (low === 0) lowSince = at;
    high = Math.max(0, high + standardized[at]! - ALLOWANCE);
    low = Math.max(0, low - standardized[at]! - ALLOWANCE);
    upper[at] = high;
    lower[at] = low;
    if (high <= limit && low <= limit) continue;
    alarms.push(
      high > limit ? { at, since: highSince, direction: 'UP' } : { at, since: lowSince, direction: 'DOWN' },
    );
    high = 0;
    low = 0;
  }
  return { upper, lower, alarms };
}
