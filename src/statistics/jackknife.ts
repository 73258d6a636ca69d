import { DomainError } from '../kernel/errors.ts';
import { sum } from './sum.ts';

/**
 * Additive cells (counts, sums, sums of squares) as one vector for all images and one for each jackknife bucket,
 * all of equal length; `total` is the sum of `buckets`. `unitCount` counts the independent units.
 */
export interface BucketedTable {
  readonly total: readonly number[];
  readonly buckets: readonly (readonly number[])[];
  readonly imageCount: number;
  readonly unitCount: number;
}

/** `standardError` is null where fewer than two buckets hold units, or where a replicate has no value. */
export interface Jackknifed {
  readonly value: number | null;
  readonly standardError: number | null;
  readonly degreesOfFreedom: number;
}

/**
 * Delete-a-group jackknife: θ_(b) = θ(T − T_b), SE² = (B−1)/B · Σ_b (θ_(b) − mean θ_(·))², B−1 degrees of freedom.
 * Buckets without units (all cells 0) are dropped from B. The statistic may give several values at once.
 * Kott 2001, Journal of Official Statistics 17:521.
 */
export function jackknife(
  table: Pick<BucketedTable, 'total' | 'buckets'>,
  statistic: (table: readonly number[]) => readonly (number | null)[],
): Jackknifed[] {
  const { total } = table;
  const stray = table.buckets.findIndex((bucket) => bucket.length !== total.length);
  if (stray >= 0) {
    const message = `Bucket ${stray} has ${table.buckets[stray]!.length} cells and the total ${total.length}: give both the same cells.`;
    throw new DomainError('INTERNAL', message);
  }
  const buckets = table.buckets.filter((bucket) => bucket.some((cell) => cell !== 0));
  const replicates = buckets.map((bucket) => statistic(without(total, bucket)));
  return statistic(total).map((value, index) => ({
    value,
    standardError: standardError(replicates.map((replicate) => replicate[index] ?? null)),
    degreesOfFreedom: Math.max(0, buckets.length - 1),
  }));
}

/** T − T_b. What is left of a sum of fractions by rounding alone is 0: else an emptied cell would still count. */
function without(total: readonly number[], bucket: readonly number[]): number[] {
  const rest = total.slice();
  for (let cell = 0; cell < rest.length; cell += 1) {
    const left = rest[cell]! - bucket[cell]!;
    rest[cell] = Math.abs(left) <= 1e-12 * Math.abs(rest[cell]!) ? 0 : left;
  }
  return rest;
}

function standardError(replicates: readonly (number | null)[]): number | null {
  if (replicates.length < 2 || replicates.some((value) => value === null || !Number.isFinite(value)))
    return null;
  const values = replicates as readonly number[];
  const mean = sum(values) / values.length;
  const squares = sum(values.map((value) => (value - mean) ** 2));
  return Math.sqrt(((values.length - 1) / values.length) * squares);
}
