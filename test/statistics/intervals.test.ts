import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '../../src/statistics/benjamini-hochberg.ts';
import { holm } from '../../src/statistics/holm.ts';
import { newcombeDifference } from '../../src/statistics/newcombe-difference.ts';
import { proportion } from '../../src/statistics/proportion.ts';
import { wilsonInterval } from '../../src/statistics/wilson-interval.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle, plainTable } from './oracle.ts';

describe.skipIf(!hasOracles)(`published intervals and corrections${ORACLES_ABSENT}`, () => {
  it.each(['wilson_81_263', 'wilson_15_148', 'wilson_0_20', 'wilson_1_29'])('Wilson: %s', (id) => {
    const { input, expected, tolerance } = oracle('00_common', id);
    const { lower, upper } = wilsonInterval(input.x, input.n);
    expectClose(lower, expected.ci[0], tolerance);
    expectClose(upper, expected.ci[1], tolerance);
  });
  it('Wilson gives the smallest n for a half-width', () => {
    const { input, expected } = oracle('00_common', 'min_n_table');
    const smallest = (p: number, h: number) => {
      for (let n = 1; ; n += 1) {
        const { lower, upper } = wilsonInterval(p * n, n);
        if ((upper - lower) / 2 <= h) return n;
      }
    };
    expect(input.p.map((p: number) => smallest(p, 0.05))).toEqual(expected.n_h05);
    expect(input.p.map((p: number) => smallest(p, 0.1))).toEqual(expected.n_h10);
  });
  it('Newcombe: 56/70 against 48/80', () => {
    const { input, expected, tolerance } = oracle('00_common', 'newcombe_56_70_48_80');
    const { value, interval } = newcombeDifference(
      { successes: input.x1, trials: input.n1 },
      { successes: input.x2, trials: input.n2 },
    );
    expectClose(value, expected.diff, tolerance);
    expectClose(interval?.lower, expected.lo, tolerance);
    expectClose(interval?.upper, expected.hi, tolerance);
  });
  it('Benjamini–Hochberg and Holm: the 1995 example', () => {
    const { input, expected, tolerance } = oracle('00_common', 'bh_1995');
    const shuffled = [...input.p].reverse();
    benjaminiHochberg(input.p).forEach((q, i) => {
      expectClose(q, expected.BH[i], tolerance);
    });
    holm(input.p).forEach((p, i) => {
      expectClose(p, expected.holm[i], tolerance);
    });
    expect(benjaminiHochberg(shuffled)).toEqual(benjaminiHochberg(input.p).reverse());
    expect(benjaminiHochberg(input.p).filter((q) => q! <= 0.05)).toHaveLength(expected.rejected_BH_at_0_05);
  });
});

describe('closed-form intervals', () => {
  it('begin exactly at 0 without a success and end exactly at 1 with nothing else', () => {
    expect(wilsonInterval(0, 7).lower).toBe(0);
    expect(wilsonInterval(7, 7).upper).toBe(1);
  });
  it('without a trial are the whole range, and the share is EMPTY', () => {
    expect(wilsonInterval(0, 0)).toMatchObject({ lower: 0, upper: 1 });
    expect(proportion(plainTable([0, 0], 0))).toMatchObject({ status: 'EMPTY', value: null });
    const nobody = newcombeDifference({ successes: 0, trials: 0 }, { successes: 1, trials: 2 });
    expect(nobody).toMatchObject({ status: 'EMPTY', value: null });
  });
});

describe('corrections for many tests', () => {
  it('leave null p-values null and do not count them', () => {
    expect(benjaminiHochberg([0.02, null, 0.01])).toEqual([0.02, null, 0.02]);
    expect(holm([0.02, null, 0.01])).toEqual([0.02, null, 0.02]);
    expect(benjaminiHochberg([])).toEqual([]);
  });
});
