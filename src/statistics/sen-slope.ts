import type { Interval } from './estimate.ts';

const LEVEL = 0.95;
const REACH = 1.959963984540054;

export interface SenSlope {
  readonly slope: number;
  /** From the variance of Mann–Kendall's S. */
  readonly intervalAt: (variance: number) => Interval;
}

/**
 * Median of the slopes of all N = n(n−1)/2 pairs of a series of n ≥ 2 values at increasing times, per unit of time;
 * interval: the slopes of ranks (N − 1.96·√Var)/2 and (N + 1.96·√Var)/2 + 1, rounded. O(n²). Sen 1968, Journal of the
 * American Statistical Association 63:1379; Gilbert 1987, §16.5.
 */
export function senSlope(times: ArrayLike<number>, values: ArrayLike<number>): SenSlope {
  const slopes = sortedSlopes(times, values);
  const half = slopes.length / 2;
  const at = (rank: number) => slopes[Math.min(slopes.length, Math.max(1, Math.round(rank))) - 1]!;
  return {
    slope: (at(Math.ceil(half)) + at(Math.floor(half) + 1)) / 2,
    intervalAt: (variance) => {
      const reach = (REACH * Math.sqrt(variance)) / 2;
      return { lower: at(half - reach), upper: at(half + reach + 1), level: LEVEL, method: 'Sen, by ranks' };
    },
  };
}

function sortedSlopes(times: ArrayLike<number>, values: ArrayLike<number>): Float64Array {
  const slopes = new Float64Array((values.length * (values.length - 1)) / 2);
  let place = 0;
  for (let j = 1; j < values.length; j += 1) {
    for (let i = 0; i < j; i += 1) {
      slopes[place] = (values[j]! - values[i]!) / (times[j]! - times[i]!);
      place += 1;
    }
  }
  return slopes.sort();
}
