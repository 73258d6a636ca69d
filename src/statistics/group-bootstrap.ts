import type { Interval } from './estimate.ts';

const ROUNDS = 1000;
const LEVEL = 0.95;

/**
 * Percentile interval of a statistic that the jackknife fails (median, quantile, maximum): 1000 times, as many
 * buckets as there are are drawn with replacement, and the statistic is computed with each bucket counted as often as
 * it was drawn. Limits are the 2.5 and 97.5 % points, interpolated between order statistics. Null with fewer than two
 * buckets, or where a round has no value. `random` yields uniform numbers in [0, 1), one a bucket and round; the same
 * stream gives the same interval. Efron & Tibshirani 1993, ch. 13; Davison & Hinkley 1997, §3.8.
 */
export function groupBootstrap(
  bucketCount: number,
  statistic: (timesDrawn: readonly number[]) => number | null,
  random: () => number,
): Interval | null {
  if (bucketCount < 2) return null;
  const values = new Float64Array(ROUNDS);
  for (let round = 0; round < ROUNDS; round += 1) {
    const timesDrawn = new Array<number>(bucketCount).fill(0);
    for (let draw = 0; draw < bucketCount; draw += 1) {
      const bucket = Math.floor(random() * bucketCount);
      timesDrawn[bucket] = timesDrawn[bucket]! + 1;
    }
    const value = statistic(timesDrawn);
    if (value === null || !Number.isFinite(value)) return null;
    values[round] = value;
  }
  values.sort();
  const method = `group bootstrap, ${ROUNDS} rounds, B = ${bucketCount}`;
  return {
    lower: quantile(values, (1 - LEVEL) / 2),
    upper: quantile(values, (1 + LEVEL) / 2),
    level: LEVEL,
    method,
  };
}

function quantile(sorted: Float64Array, p: number): number {
  const place = p * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (place - Math.floor(place)) * (above - below);
}
