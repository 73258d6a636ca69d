import type { Estimate } from '../../statistics/estimate.ts';
import type { Threshold } from '../../statistics/thresholds.ts';

/** Three significant digits, without the interval. */
export function percentText({ value }: Estimate): string {
  return value === null ? 'unknown' : `${Number((value * 100).toPrecision(3))} %`;
}

/** Where amber begins. */
export function amberText({ bands }: Threshold): string {
  return String(bands.worse === 'BOTH' ? bands.above.amber : bands.amber);
}
