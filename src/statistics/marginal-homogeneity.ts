import { type Figure, noFigure } from './figure.ts';

/** Whether two annotators use the classes equally often; p is of items that are independent of each other. */
export interface MarginalHomogeneity {
  readonly statistic: Figure;
  readonly degreesOfFreedom: number;
  readonly p: number | null;
}

/** Without a statistic, and why. */
export function noHomogeneity(status: 'NOT_APPLICABLE' | 'UNDEFINED', reason: string): MarginalHomogeneity {
  return { statistic: noFigure(status, reason), degreesOfFreedom: 0, p: null };
}
