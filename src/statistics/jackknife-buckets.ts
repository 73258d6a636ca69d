import { type Jackknifed, jackknife } from './jackknife.ts';

/**
 * The jackknife of a statistic whose tables are too large to copy for every replicate: `statistic` is told which bucket to
 * leave out, null for none. `buckets`: those that hold any image.
 */
export function jackknifeBuckets(
  buckets: readonly number[],
  statistic: (without: number | null) => readonly (number | null)[],
): Jackknifed[] {
  const weights = (only?: number) => buckets.map((bucket) => (only === undefined || bucket === only ? 1 : 0));
  const table = { total: weights(), buckets: buckets.map((bucket) => weights(bucket)) };
  return jackknife(table, (kept) => statistic(buckets[kept.indexOf(0)] ?? null));
}
