/** The version of the formulas; stored with every figure, so that a changed formula never passes for the old one. */
export const SPECIFICATION_VERSION = 'holotype-statistics/1';

/** Below this a p-value says nothing that a reader can use. */
const SMALLEST_P = 1e-300;

export type EstimateStatus =
  | 'OK'
  | 'INSUFFICIENT'
  | 'NOT_APPLICABLE'
  | 'UNDEFINED'
  | 'BOUNDARY'
  | 'DEGENERATE'
  | 'EMPTY'
  | 'NOT_CONVERGED'
  | 'SUPPRESSED';

/** Closed interval; `level` is its nominal coverage in (0, 1). */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  readonly method: string;
}

/** What leaves the engine for every figure. Every number in it is finite; a null value always has a reason. */
export interface Estimate {
  readonly value: number | null;
  readonly status: EstimateStatus;
  readonly reason: string | null;
  readonly interval: Interval | null;
  readonly p: number | null;
  readonly q: number | null;
  readonly imageCount: number;
  readonly unitCount: number;
  readonly method: string;
  readonly specificationVersion: string;
}

/** How many images and independent units a figure rests on, and the name of its formula. */
export interface Basis {
  readonly imageCount: number;
  readonly unitCount: number;
  readonly method: string;
}

export interface EstimateParts extends Basis {
  readonly value: number | null;
  readonly status?: EstimateStatus;
  readonly reason?: string | null;
  readonly interval?: Interval | null;
  readonly p?: number | null;
  readonly q?: number | null;
}

/**
 * The only maker of estimates. A value that is not finite becomes null with status UNDEFINED and a reason, an
 * interval or probability that is not finite becomes null, a p-value is kept within [1e-300, 1], -0 becomes 0.
 */
export function estimate(parts: EstimateParts): Estimate {
  const fault = faultOf(parts);
  const value = fault === null && parts.value !== null ? parts.value + 0 : null;
  const status = fault === null ? (parts.status ?? 'OK') : 'UNDEFINED';
  return {
    value,
    status: value === null && status === 'OK' ? 'UNDEFINED' : status,
    reason: fault ?? parts.reason ?? (value === null ? 'NO_VALUE' : null),
    interval: value === null ? null : finiteInterval(parts.interval ?? null),
    p: probability(parts.p ?? null),
    q: probability(parts.q ?? null),
    imageCount: isCount(parts.imageCount) ? parts.imageCount : 0,
    unitCount: isCount(parts.unitCount) ? parts.unitCount : 0,
    method: parts.method,
    specificationVersion: SPECIFICATION_VERSION,
  };
}

/** An estimate without a value, and why. */
export function notEstimable(
  status: Exclude<EstimateStatus, 'OK' | 'BOUNDARY'>,
  reason: string,
  basis: Basis,
): Estimate {
  return estimate({ ...basis, value: null, status, reason });
}

function faultOf(parts: EstimateParts): string | null {
  if (!isCount(parts.imageCount) || !isCount(parts.unitCount)) return 'COUNT_NOT_FINITE';
  if (parts.value !== null && !Number.isFinite(parts.value)) return 'VALUE_NOT_FINITE';
  return null;
}

function isCount(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}

function finiteInterval(interval: Interval | null): Interval | null {
  if (interval === null || ![interval.lower, interval.upper, interval.level].every(Number.isFinite))
    return null;
  return { ...interval, lower: interval.lower + 0, upper: interval.upper + 0 };
}

function probability(p: number | null): number | null {
  return p === null || !Number.isFinite(p) ? null : Math.min(1, Math.max(SMALLEST_P, p));
}
