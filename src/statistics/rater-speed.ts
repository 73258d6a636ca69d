import { type Estimate, notEstimable } from './estimate.ts';
import { figure, noFigure } from './figure.ts';
import { hamedRaoInflation } from './hamed-rao-inflation.ts';
import { estimateWithInterval } from './jackknife-estimate.ts';
import { mannKendall } from './mann-kendall.ts';
import { type RaterSession, raterSessions } from './rater-sessions.ts';
import { senSlope } from './sen-slope.ts';
import { sum } from './sum.ts';

/**
 * Sen's slope of a rater's mean ln(seconds an item) of a session, per week, with its rank interval and Mann–Kendall's p: −.05 is 5 %
 * faster every week. Needs no overlap. Fewer than ten sessions of 20 items whose times are known: INSUFFICIENT; all at one
 * time, or all alike: UNDEFINED. Specification §6.4; Sen 1968, JASA 63:1379.
 */
export function raterSpeed(sessions: readonly RaterSession[]): Estimate {
  const method = 'Sen slope of ln seconds a week';
  const logs = ({ seconds }: RaterSession) =>
    seconds.map((value) => (value > 0 ? Math.log(value) : Number.NaN));
  const timed = raterSessions(sessions, logs);
  const atTimes = new Map<number, number[]>();
  for (const session of timed ?? []) {
    const known = Array.from(logs(session)).filter(Number.isFinite);
    atTimes.set(session.start, [...(atTimes.get(session.start) ?? []), ...known]);
  }
  const imageCount = sum([...atTimes.values()].map(({ length }) => length));
  const basis = { imageCount, unitCount: timed?.length ?? sessions.length, method };
  if (timed === null) return notEstimable('INSUFFICIENT', 'FEWER_THAN_10_SESSIONS', basis);
  const times = Array.from(atTimes.keys(), (start) => start / 7);
  const means = Float64Array.from(atTimes.values(), (known) => sum(known) / known.length);
  if (means.length < 2) return notEstimable('UNDEFINED', 'ONE_PERIOD', basis);
  if (means.every((mean) => Math.abs(mean - means[0]!) <= 1e-12))
    return estimateWithInterval(noFigure('UNDEFINED', 'CONSTANT_VALUE'), null, basis);
  const { slope, intervalAt } = senSlope(times, means);
  const inflation = hamedRaoInflation(means.map((mean, at) => mean - slope * times[at]!));
  const { variance, p } = mannKendall(means, inflation);
  return estimateWithInterval(figure(slope), intervalAt(variance), basis, p);
}
