import { type Estimate, estimate } from './estimate.ts';

/** The estimate where `count` is enough; else its value alone, INSUFFICIENT for the reason given, which shows GREY. */
export function withEnough(figure: Estimate, count: number, least: number, reason: string): Estimate {
  if (figure.value === null || count >= least) return figure;
  return estimate({ ...figure, interval: null, p: null, q: null, status: 'INSUFFICIENT', reason });
}
