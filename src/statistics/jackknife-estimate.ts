import { type Basis, type Estimate, estimate, type Interval, notEstimable } from './estimate.ts';
import type { Figure } from './figure.ts';
import { type BucketedTable, jackknife } from './jackknife.ts';
import { jackknifeInterval, type Range } from './jackknife-interval.ts';

/** Fewer units than this carry no interval (specification §0.3). */
export const FEWEST_UNITS_FOR_INTERVAL = 10;

export interface JackknifeOptions {
  readonly method: string;
  readonly range: Range;
  readonly level?: number;
  readonly p?: number | null;
}

/**
 * A formula's estimate with its jackknife interval. No image: EMPTY. Fewer than 10 units: value, no interval,
 * INSUFFICIENT. Undefined once one bucket is left out (that bucket alone holds a level): INSUFFICIENT too.
 */
export function jackknifeEstimate(
  table: BucketedTable,
  formula: (cells: readonly number[]) => Figure,
  options: JackknifeOptions,
): Estimate {
  const basis: Basis = { imageCount: table.imageCount, unitCount: table.unitCount, method: options.method };
  const whole = formula(table.total);
  if (table.unitCount < FEWEST_UNITS_FOR_INTERVAL || whole.value === null) {
    return estimateWithInterval(whole, null, basis, options.p);
  }
  const [jackknifed] = jackknife(table, (cells) => [formula(cells).value]);
  const interval = jackknifed ? jackknifeInterval(jackknifed, options.range, options.level) : null;
  return estimateWithInterval(whole, interval, basis, options.p);
}

/** Joins a figure and its interval under the rules above, for intervals made in any way. */
export function estimateWithInterval(
  whole: Figure,
  interval: Interval | null,
  basis: Basis,
  p: number | null = null,
): Estimate {
  if (whole.value === null) return estimate({ ...basis, ...whole, p });
  if (basis.imageCount === 0) return notEstimable('EMPTY', 'NO_IMAGE', basis);
  const few = basis.unitCount < FEWEST_UNITS_FOR_INTERVAL;
  if (!few && interval !== null) return estimate({ ...basis, ...whole, interval, p });
  if (whole.status !== 'OK' && !(few && whole.status === 'BOUNDARY'))
    return estimate({ ...basis, ...whole, p });
  const reason = few ? 'FEWER_THAN_10_UNITS' : 'UNDEFINED_WITHOUT_ONE_BUCKET';
  return estimate({ ...basis, value: whole.value, status: 'INSUFFICIENT', reason, p });
}
