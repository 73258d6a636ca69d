import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cumulativeSum } from '../../src/statistics/cumulative-sum.ts';
import { drift } from '../../src/statistics/drift.ts';
import { hamedRaoInflation } from '../../src/statistics/hamed-rao-inflation.ts';
import { magnitude } from '../../src/statistics/magnitude.ts';
import { mannKendall } from '../../src/statistics/mann-kendall.ts';
import { senSlope } from '../../src/statistics/sen-slope.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle, seeded } from './oracle.ts';

/** Standard normal numbers. Box & Muller 1958. */
function normal(random: () => number): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

describe.skipIf(!hasOracles)(`trend and steps against published values${ORACLES_ABSENT}`, () => {
  it('Mann–Kendall with ties and the Sen slope with its interval: the Nile', () => {
    const { input, expected, tolerance } = oracle('02_measurement', 'mann_kendall_nile');
    const { mk, sen } = expected;
    const result = mannKendall(input.x);
    expect(result.s).toBe(mk.S);
    expectClose(result.variance, mk.varS, tolerance);
    expectClose(result.z, mk.z, tolerance);
    expectClose(result.p, mk.p, tolerance);
    expectClose(result.tauB, mk.tau_b, tolerance);
    const years = Array.from(input.x, (_, year) => year);
    const { slope, intervalAt } = senSlope(years, input.x);
    expectClose(slope, sen.slope, tolerance);
    expectClose(intervalAt(result.variance).lower, sen.lo, tolerance);
    expectClose(intervalAt(result.variance).upper, sen.hi, tolerance);
  });
  it('Mann–Kendall with missing values, and corrected for three lags', () => {
    const { input, expected, tolerance } = oracle('02_measurement', 'mann_kendall_pymk');
    const known = (input.x as (number | null)[]).flatMap((value, time) =>
      value === null ? [] : [{ value, time }],
    );
    const values = known.map(({ value }) => value);
    const plain = mannKendall(values);
    expect([values.length, plain.s]).toEqual([expected.n, expected.S]);
    expectClose(plain.variance, expected.varS, tolerance);
    expectClose(plain.z, expected.z, tolerance);
    expectClose(plain.p, expected.p, tolerance);
    expectClose(plain.tauB, expected.tau_b, tolerance);
    const times = known.map(({ time }) => time);
    const { slope } = senSlope(times, values);
    expectClose(slope, expected.sen_slope, tolerance);
    // The package takes this slope off by the place in the list of known values, not by time.
    const inflation = hamedRaoInflation(Float64Array.from(values, (value, place) => value - slope * place));
    const corrected = mannKendall(values, inflation);
    expectClose(inflation, expected.hamed_rao_lag3.cf, tolerance);
    expectClose(corrected.variance, expected.hamed_rao_lag3.varS, tolerance);
    expectClose(corrected.z, expected.hamed_rao_lag3.z, tolerance);
    expectClose(corrected.p, expected.hamed_rao_lag3.p, tolerance);
  });
  it('CUSUM of the viscosities of Montgomery and Runger', () => {
    const { input, expected, tolerance } = oracle('02_measurement', 'cusum_montgomery');
    const deviation = input.K / 0.5;
    const values = Float64Array.from(input.x, (x: number) => (x - input.target) / deviation);
    const { upper, lower, alarms } = cumulativeSum(values, input.H / deviation);
    upper.forEach((sum, i) => {
      expectClose(sum * deviation, expected.S_hi[i], tolerance);
    });
    lower.forEach((sum, i) => {
      expectClose(sum * deviation, expected.S_lo[i], tolerance);
    });
    expect(alarms).toEqual(expected.alarm ?? []);
  });
  it('CUSUM alarms falsely as rarely, and finds a shift of one as soon, as published', () => {
    const { input, expected, tolerance } = oracle('02_measurement', 'cusum_arl');
    const runLength = (shift: number, limit: number, length: number) => {
      const values = new Float64Array(1e6);
      const draw = normal(seeded(1954));
      let alarms = 0;
      for (let done = 0; done < length; done += 1e6) {
        for (let i = 0; i < values.length; i += 1) values[i] = draw() + shift;
        alarms += cumulativeSum(values, limit).alarms.length;
      }
      return length / alarms;
    };
    const within = (actual: number, published: number) =>
      expect(Math.abs(actual / published - 1)).toBeLessThanOrEqual(tolerance);
    within(runLength(0, input.h[0], 1e7), expected.ARL0[0]);
    within(runLength(0, input.h[1], 2e7), expected.ARL0[1]);
    within(runLength(1, 5, 1e6), expected.ARL_shift_1sd_h5);
  });
  it('two usual forms of Page–Hinkley alarm at different times, and falsely: why reports use CUSUM', () => {
    const { input, expected } = oracle('02_measurement', 'page_hinkley_flavours');
    expect(pageHinkley(input.x, 0)).toEqual(expected.textbook_max0);
    expect(pageHinkley(input.x, -Infinity)).toEqual(expected.moa_no_floor);
  });
});

/** δ = .005, λ = 50, α = .9999, at least 30 values; `floor` 0 in the textbook, none in MOA. State starts anew at an alarm. */
function pageHinkley(values: readonly number[], floor: number): number[] {
  const alarms: number[] = [];
  let [count, mean, total] = [0, 0, 0];
  values.forEach((x, at) => {
    count += 1;
    mean += (x - mean) / count;
    total = Math.max(floor, 0.9999 * total + (x - mean - 0.005));
    if (count < 30 || total <= 50) return;
    alarms.push(at);
    [count, mean, total] = [0, 0, 0];
  });
  return alarms;
}

const series = (means: readonly number[], given: object = {}) => ({
  group: 0,
  length: 1,
  starts: Int32Array.from(means, (_, i) => 18_000 + i),
  means: Float64Array.from(means),
  withinDeviation: 2,
  imageCount: 10 * means.length,
  unitCount: 5 * means.length,
  ...given,
});
const noise = (n: number, seed = 1) => Array.from({ length: n }, normal(seeded(seed)));

describe('drift of period means', () => {
  it('is the slope over the whole span in standard deviations inside a period', () => {
    const { totalDrift, slope, kendallTau } = drift(
      series(Array.from({ length: 41 }, (_, i) => 7 - 0.1 * i)),
    );
    expectClose(totalDrift.value, 2, 1e-12);
    expectClose(slope.value, -0.1, 1e-12);
    expectClose(kendallTau.value, -1, 1e-12);
    expect(totalDrift.p).toBeLessThan(1e-10);
  });
  it('has an interval from 0 where there is no trend, and away from it where there is', () => {
    const still = noise(200);
    expect(drift(series(still)).totalDrift.interval!.lower).toBe(0);
    const rising = drift(series(still.map((value, i) => value + 0.02 * i))).totalDrift.interval!;
    expect(rising.lower).toBeGreaterThan(1.5);
    expect(rising.upper).toBeLessThan(2.5);
  });
  it('of fewer than ten periods is INSUFFICIENT, of equal means UNDEFINED', () => {
    const few = drift(series(noise(9)));
    const equal = drift(series(new Array(12).fill(0.1)));
    for (const name of ['totalDrift', 'slope', 'kendallTau'] as const) {
      expect(few[name]).toMatchObject({
        value: null,
        status: 'INSUFFICIENT',
        reason: 'FEWER_THAN_10_PERIODS',
      });
      expect(equal[name]).toMatchObject({
        value: null,
        status: 'UNDEFINED',
        reason: 'CONSTANT_VALUE',
        p: null,
      });
    }
  });
  it('without variance inside the periods has a slope, but no size in standard deviations', () => {
    const single = drift(series(noise(30), { withinDeviation: null }));
    expect(single.totalDrift).toMatchObject({
      value: null,
      status: 'UNDEFINED',
      reason: 'ONE_IMAGE_A_PERIOD',
    });
    expect(single.slope.status).toBe('OK');
    const none = drift(series(noise(30), { withinDeviation: 0 }));
    expect(none.totalDrift).toMatchObject({
      value: null,
      status: 'UNDEFINED',
      reason: 'ZERO_WITHIN_VARIANCE',
    });
  });
  it('of fewer than ten units has no interval', () => {
    const { totalDrift } = drift(series(noise(30), { unitCount: 9 }));
    expect(totalDrift).toMatchObject({
      status: 'INSUFFICIENT',
      reason: 'FEWER_THAN_10_UNITS',
      interval: null,
    });
  });
  it('takes its slope over time, not over the place in the series', () => {
    const means = Array.from({ length: 20 }, (_, i) => i);
    const starts = Int32Array.from(means, (i) => 18_000 + 14 * i);
    expectClose(drift(series(means, { starts })).slope.value, 1 / 14, 1e-12);
    expectClose(drift(series(means, { starts, length: 7 })).slope.value, 1 / 2, 1e-12);
  });
  it('lists the days without images', () => {
    const starts = Int32Array.of(100, 101, 105, 106);
    expect(drift(series([1, 2, 3, 4], { starts })).gaps).toEqual([{ firstDay: 102, lastDay: 104 }]);
    const weeks = Int32Array.of(4, 11, 32, 39);
    expect(drift(series([1, 2, 3, 4], { starts: weeks, length: 7 })).gaps).toEqual([
      { firstDay: 18, lastDay: 31 },
    ]);
  });
  it('finds a step, its direction and when it began', () => {
    const means = noise(60, 4).map((value, i) => value + (i < 40 ? 0 : -3));
    const [first] = drift(series(means)).steps!;
    expect(first).toMatchObject({ direction: 'DOWN' });
    expect(Math.abs(first!.sinceDay - 18_040)).toBeLessThanOrEqual(2);
    expect(first!.alarmDay - 18_040).toBeLessThanOrEqual(5);
    expect(drift(series(noise(20))).steps).toBeNull();
  });
  it('is found by chance one time in twenty, and where days resemble the day before far less often than uncorrected', () => {
    const draw = normal(seeded(9));
    const shareFound = (resemblance: number) => {
      let [corrected, plain] = [0, 0];
      for (let round = 0; round < 400; round += 1) {
        let last = 0;
        const means = Array.from({ length: 120 }, () => {
          last = resemblance * last + draw();
          return last;
        });
        if (drift(series(means)).totalDrift.p! <= 0.05) corrected += 1;
        if (mannKendall(means).p <= 0.05) plain += 1;
      }
      return { corrected: corrected / 400, plain: plain / 400 };
    };
    expect(shareFound(0).corrected).toBeLessThanOrEqual(0.075);
    const resembling = shareFound(0.6);
    expect(resembling.plain).toBeGreaterThan(0.25);
    expect(resembling.corrected).toBeLessThan(0.13);
  });
  it('turns its sign with the series and keeps its size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 10, maxLength: 40 }), (means) => {
        const one = drift(series(means));
        const other = drift(series(means.map((mean) => -mean)));
        fc.pre(one.slope.value !== null);
        expect(other.slope.value).toBe(0 - one.slope.value!);
        expect(other.totalDrift.value).toBe(one.totalDrift.value);
        expect(other.totalDrift.interval).toEqual(one.totalDrift.interval);
      }),
    );
  });
});

describe('the magnitude of an estimate', () => {
  it('has an interval from 0 where the signed one holds 0, and else that without sign', () => {
    const { slope } = drift(series(noise(30)));
    const of = (lower: number, upper: number) =>
      magnitude({ ...slope, value: (lower + upper) / 2, interval: { ...slope.interval!, lower, upper } })
        .interval;
    expect(of(-3, -1)).toMatchObject({ lower: 1, upper: 3 });
    expect(of(-3, 1)).toMatchObject({ lower: 0, upper: 3 });
    expect(of(1, 3)).toMatchObject({ lower: 1, upper: 3 });
  });
});
