import { type Estimate, notEstimable } from './estimate.ts';
import { figure, noFigure } from './figure.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { UNBOUNDED } from './jackknife-interval.ts';
import { type RaterSession, raterSessions } from './rater-sessions.ts';
import { sum } from './sum.ts';
import { BUCKET_COUNT } from './unit-bucket.ts';

/**
 * How much more a rater disagrees in the last tenth of a session than in the first: 9 times the slope of d on the tenth of the
 * session, pooled within sessions (a bad session is no fatigue); jackknife over sessions. Above 0: tires. Fewer than ten
 * sessions of 20 items with overlap: INSUFFICIENT, FEWER_THAN_10_SESSIONS. Thresholds .05 and .10 are conventions of this
 * project. Specification §6.4.
 */
export function fatigue(sessions: readonly RaterSession[]): Estimate {
  const method = 'disagreement, last tenth of a session less first';
  const long = raterSessions(sessions, ({ disagreements }) => disagreements);
  if (long === null) {
    const basis = { imageCount: 0, unitCount: sessions.length, method };
    return notEstimable('INSUFFICIENT', 'FEWER_THAN_10_SESSIONS', basis);
  }
  const buckets = Array.from({ length: Math.min(BUCKET_COUNT, long.length) }, () => [0, 0, 0]);
  for (const [index, { disagreements }] of long.entries())
    for (const [cell, amount] of crossProducts(disagreements).entries())
      buckets[index % buckets.length]![cell]! += amount;
  const total = [0, 1, 2].map((cell) => sum(buckets.map((bucket) => bucket[cell]!)));
  return jackknifeEstimate(
    { total, buckets, imageCount: total[0]!, unitCount: long.length },
    ([, squares, products]) =>
      squares! > 0 ? figure((9 * products!) / squares!) : noFigure('UNDEFINED', 'CONSTANT_VALUE'),
    { method, range: UNBOUNDED },
  );
}

/** n, Σ(x − x̄)², Σ(x − x̄)(d − d̄) of one session, x the tenth 0 … 9 of the items whose d is known. */
function crossProducts(disagreements: Float64Array): [number, number, number] {
  const tenths: number[] = [];
  const known: number[] = [];
  disagreements.forEach((value, position) => {
    if (!Number.isFinite(value)) return;
    tenths.push(Math.floor((10 * position) / disagreements.length));
    known.push(value);
  });
  const [x, d] = [sum(tenths) / known.length, sum(known) / known.length];
  return [
    known.length,
    sum(tenths.map((tenth) => (tenth - x) ** 2)),
    sum(tenths.map((tenth, at) => (tenth - x) * (known[at]! - d))),
  ];
}
