import { type Estimate, estimate, type Interval } from '../../statistics/estimate.ts';

/**
 * A figure as a certificate tells it. Where it has no value or no interval, `reason` says why: COUNTED is a count of all
 * there is, DRAWN a property of the random assignments that were drawn; nothing is inferred by either.
 */
export interface CertifiedFigure {
  readonly value: number | null;
  readonly status: Estimate['status'];
  readonly reason: string | null;
  readonly interval: Interval | null;
  readonly p: number | null;
  readonly q: number | null;
  readonly images: number;
  readonly units: number;
  readonly method: string;
}

/** `without`: why there is no interval, where the estimate has a value and does not say. */
export function certifiedFigure(
  { value, status, reason, interval, p, q, imageCount, unitCount, method }: Estimate,
  without: 'COUNTED' | 'DRAWN' | 'NO_INTERVAL' = 'NO_INTERVAL',
): CertifiedFigure {
  const untold = value !== null && interval === null ? without : null;
  return {
    value,
    status,
    reason: reason ?? untold,
    interval,
    p,
    q,
    images: imageCount,
    units: unitCount,
    method,
  };
}

/** A count of all there is. */
export const countedFigure = (of: Estimate): CertifiedFigure => certifiedFigure(of, 'COUNTED');

/** A count that nobody has made an estimate of. */
export function count(value: number, method: string, of: { imageCount: number; unitCount: number }) {
  return countedFigure(estimate({ value, method, imageCount: of.imageCount, unitCount: of.unitCount }));
}

/** `0.31 [0.24, 0.38]`; with the reason where there is no interval for another cause than that it was counted. */
export function figureText({ value, interval, reason, status }: CertifiedFigure): string {
  if (status === 'SUPPRESSED') return 'not shown (small count)';
  if (value === null) return `not estimable (${reasonText(reason)})`;
  if (interval !== null)
    return `${numberText(value)} [${numberText(interval.lower)}, ${numberText(interval.upper)}]`;
  const told = reason === 'COUNTED' || reason === 'DRAWN';
  return told ? numberText(value) : `${numberText(value)} (no interval: ${reasonText(reason)})`;
}

/** Whole numbers whole, others to three significant digits. */
export function numberText(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(3)));
}

const reasonText = (reason: string | null) => (reason ?? 'no reason').toLowerCase().replaceAll('_', ' ');
