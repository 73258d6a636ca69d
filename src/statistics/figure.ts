import type { EstimateStatus } from './estimate.ts';

/** What a formula gives on one table, before any interval: a value, or the reason why there is none. */
export interface Figure {
  readonly value: number | null;
  readonly status: EstimateStatus;
  readonly reason: string | null;
}

/** A figure from a number; one that is not finite is UNDEFINED, and may not be used as if it were a value. */
export function figure(value: number, status: EstimateStatus = 'OK', reason: string | null = null): Figure {
  if (!Number.isFinite(value)) return { value: null, status: 'UNDEFINED', reason: 'VALUE_NOT_FINITE' };
  return { value, status, reason };
}

/** A figure that cannot be had, and why. */
export function noFigure(status: EstimateStatus, reason: string): Figure {
  return { value: null, status, reason };
}
