import type { PeriodSeries } from './period-means.ts';
import { sum } from './sum.ts';

/** Neighbouring periods taken together; days since 1970-01-01, both included. */
export interface Stretch {
  readonly firstDay: number;
  readonly lastDay: number;
  /** Of the means of its periods, in units of the measure. */
  readonly mean: number;
}

/** A series to be drawn with at most `most` points: its periods, or as many of them together, in turn, as that takes. */
export function stretches({ starts, means, length }: PeriodSeries, most: number): Stretch[] {
  const together = Math.max(1, Math.ceil(means.length / most));
  return Array.from({ length: Math.ceil(means.length / together) }, (_, place) => {
    const [from, to] = [place * together, Math.min((place + 1) * together, means.length)];
    return {
      firstDay: starts[from]!,
      lastDay: starts[to - 1]! + length - 1,
      mean: sum(Array.from(means.subarray(from, to))) / (to - from),
    };
  });
}
