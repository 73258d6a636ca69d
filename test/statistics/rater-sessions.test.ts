import { describe, expect, it } from 'vitest';
import { disagreementBeyondItem } from '../../src/statistics/disagreement-beyond-item.ts';
import { fatigue } from '../../src/statistics/fatigue.ts';
import { raterDrift } from '../../src/statistics/rater-drift.ts';
import type { RaterSession } from '../../src/statistics/rater-sessions.ts';
import { raterSpeed } from '../../src/statistics/rater-speed.ts';
import { seeded } from './oracle.ts';
import { countedColumns, ratedColumns } from './rated-items.ts';

const DAY = 20_000;

interface Made {
  readonly sessions: number;
  readonly items?: number;
  readonly daysApart?: number;
  readonly disagreement?: (session: number, share: number) => number;
  readonly seconds?: (session: number) => number;
}

/** Sessions of a rater who disagrees with so high a probability, at random. */
function sessionsOf({ sessions, items = 40, daysApart = 7, disagreement, seconds }: Made): RaterSession[] {
  const random = seeded(7);
  return Array.from({ length: sessions }, (_, session) => ({
    start: DAY + session * daysApart,
    disagreements: Float64Array.from({ length: items }, (_, position) =>
      disagreement === undefined
        ? Number.NaN
        : (random() < disagreement(session, position / items) ? 1 : 0) - 0.2,
    ),
    seconds: new Float64Array(items).fill(seconds?.(session) ?? Number.NaN),
  }));
}

describe('disagreement beyond that of the item', () => {
  it('is the share of the others who say otherwise, less the mean of this over the raters', () => {
    const beyond = disagreementBeyondItem(
      ratedColumns([
        [0, 0, 0, 1],
        [0, 1, 2],
        [1, 1, 1],
      ]),
    );
    const wanted = [1 / 3 - 0.5, 1 / 3 - 0.5, 1 / 3 - 0.5, 0.5, 0, 0, 0, 0, 0, 0];
    wanted.forEach((value, place) => {
      expect(beyond[place]).toBeCloseTo(value, 12);
    });
  });
  it('is not known where only two rated: neither is the one who errs', () => {
    expect([...disagreementBeyondItem(ratedColumns([[0, 1], [2]]))]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });
  it('counts raters who are only counted as often as they are', () => {
    expect([...disagreementBeyondItem(countedColumns([[0, 0, 0, 1]]))]).toEqual(
      [-1 / 6, 0.5].map((d) => expect.closeTo(d, 12)),
    );
  });
});

describe('fatigue', () => {
  it('is how much more a rater disagrees at the end of a session', () => {
    const tired = fatigue(sessionsOf({ sessions: 60, disagreement: (_, share) => 0.1 + 0.4 * share }));
    expect(tired.status).toBe('OK');
    expect(tired.interval!.lower).toBeGreaterThan(0.2);
    expect(tired.interval!.upper).toBeLessThan(0.5);
  });
  it('is none where sessions differ, but not within', () => {
    const steady = fatigue(
      sessionsOf({ sessions: 60, disagreement: (session) => (session % 2 ? 0.6 : 0.1) }),
    );
    expect(steady.interval!.lower).toBeLessThan(0);
    expect(steady.interval!.upper).toBeGreaterThan(0);
  });
  it('is exactly nine tenths of what grows by a tenth a tenth', () => {
    const sessions = Array.from({ length: 12 }, (_, session) => ({
      start: session,
      disagreements: Float64Array.from({ length: 20 }, (_, at) => Math.floor(at / 2) / 10),
      seconds: new Float64Array(20),
    }));
    expect(fatigue(sessions).value).toBeCloseTo(0.9, 12);
  });
  it('is not told from nine sessions, from short ones, or without overlap', () => {
    const none = { status: 'INSUFFICIENT', reason: 'FEWER_THAN_10_SESSIONS', value: null };
    const disagreement = () => 0.3;
    expect(fatigue(sessionsOf({ sessions: 9, disagreement }))).toMatchObject(none);
    expect(fatigue(sessionsOf({ sessions: 30, items: 19, disagreement }))).toMatchObject(none);
    expect(fatigue(sessionsOf({ sessions: 30 }))).toMatchObject(none);
    expect(fatigue([])).toMatchObject(none);
  });
});

describe('drift of a rater', () => {
  it('is a trend of the weekly means', () => {
    const { weekly } = raterDrift(
      sessionsOf({ sessions: 60, daysApart: 3, disagreement: (session) => 0.1 + session / 100 }),
    );
    expect(weekly!.slope.value! * 25).toBeGreaterThan(0.3);
    expect(weekly!.slope.interval!.lower).toBeGreaterThan(0);
    expect(weekly!.kendallTau.p).toBeLessThan(0.001);
  });
  it('is a step where a rater changes from one session to the next', () => {
    const { steps } = raterDrift(
      sessionsOf({ sessions: 50, disagreement: (session) => (session < 30 ? 0.2 : 0.6) }),
    );
    expect(steps![0]).toMatchObject({ direction: 'UP' });
    expect(Math.abs(steps![0]!.since - (DAY + 30 * 7))).toBeLessThanOrEqual(2 * 7);
  });
  it('is not told without enough sessions, and no step without enough to compare with', () => {
    expect(raterDrift(sessionsOf({ sessions: 9, disagreement: () => 0.2 }))).toEqual({
      weekly: null,
      steps: null,
    });
    expect(raterDrift(sessionsOf({ sessions: 20, disagreement: () => 0.2 })).steps).toBeNull();
  });
});

describe('speed of a rater', () => {
  it('is the change of ln seconds a week, and needs no overlap', () => {
    const faster = raterSpeed(sessionsOf({ sessions: 20, seconds: (session) => 30 * 0.95 ** session }));
    expect(faster.value).toBeCloseTo(Math.log(0.95), 9);
    expect(faster.p).toBeLessThan(0.001);
  });
  it('is not told from unknown times, nor from times that never change', () => {
    expect(raterSpeed(sessionsOf({ sessions: 20 }))).toMatchObject({
      status: 'INSUFFICIENT',
      reason: 'FEWER_THAN_10_SESSIONS',
    });
    expect(raterSpeed(sessionsOf({ sessions: 20, seconds: () => 12 }))).toMatchObject({
      status: 'UNDEFINED',
      reason: 'CONSTANT_VALUE',
    });
    expect(raterSpeed(sessionsOf({ sessions: 20, daysApart: 0, seconds: () => 12 }))).toMatchObject({
      status: 'UNDEFINED',
    });
  });
});
