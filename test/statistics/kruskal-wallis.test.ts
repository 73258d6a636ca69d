import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kruskalWallis } from '../../src/statistics/kruskal-wallis.ts';
import { midRanks } from '../../src/statistics/mid-ranks.ts';
import { separateUnits } from './measured-rows.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from './oracle.ts';

describe.skipIf(!hasOracles)(`Kruskal–Wallis against R${ORACLES_ABSENT}`, () => {
  it('H with ties, p and both effect sizes: ozone by month', () => {
    const { input, expected, tolerance } = oracle('02_measurement', 'airquality_kruskal');
    const result = kruskalWallis(separateUnits(input.x, input.g));
    expectClose(result.hStatistic.value, expected.H, tolerance);
    expect(Math.abs(result.hStatistic.p! / expected.p - 1)).toBeLessThanOrEqual(tolerance);
    expect(result.degreesOfFreedom).toBe(expected.df);
    expectClose(result.epsilonSquared.value, expected.epsilon2, tolerance);
    expectClose(result.etaSquared.value, expected.eta2_H, tolerance);
  });
  it('H and p of Hollander and Wolfe', () => {
    const { input, expected, tolerance } = oracle('02_measurement', 'mucociliary_kruskal');
    const groups: number[][] = input.groups;
    const names = groups.flatMap((values, group) => values.map(() => group));
    const { hStatistic, degreesOfFreedom } = kruskalWallis(separateUnits(groups.flat(), names));
    expectClose(hStatistic.value, expected.statistic, tolerance);
    expectClose(hStatistic.p, expected.p, tolerance);
    expect(degreesOfFreedom).toBe(expected.df);
  });
});

describe('mid-ranks', () => {
  it('of equal values are the mean of their ranks', () => {
    const { ranks, ties } = midRanks(Float64Array.of(3, 1, 3, 2, 3, 1));
    expect([...ranks]).toEqual([5, 1.5, 5, 3, 5, 1.5]);
    expect(ties).toBe(27 - 3 + (8 - 2));
  });
  it('sum to n(n+1)/2', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(-1, -0, 0, 0.5, 7)), (values) => {
        const total = midRanks(Float64Array.from(values)).ranks.reduce((a, b) => a + b, 0);
        expect(total).toBe((values.length * (values.length + 1)) / 2);
      }),
    );
  });
});

describe('Kruskal–Wallis', () => {
  const all = (values: number[], names: number[]) => {
    const { hStatistic, epsilonSquared, etaSquared } = kruskalWallis(separateUnits(values, names));
    return [hStatistic, epsilonSquared, etaSquared];
  };
  it('of no row is EMPTY, of one level NOT_APPLICABLE, of equal values UNDEFINED', () => {
    for (const figure of all([], [])) expect(figure).toMatchObject({ status: 'EMPTY', reason: 'NO_IMAGE' });
    for (const figure of all([1, 2, 3], [0, 0, 0])) {
      expect(figure).toMatchObject({
        value: null,
        status: 'NOT_APPLICABLE',
        reason: 'SINGLE_LEVEL',
        p: null,
      });
    }
    for (const figure of all([5, 5, 5], [0, 1, 0])) {
      expect(figure).toMatchObject({ value: null, status: 'UNDEFINED', reason: 'CONSTANT_VALUE', p: null });
    }
  });
  it('a negative eta squared is 0 at the BOUNDARY', () => {
    const { etaSquared } = kruskalWallis(separateUnits([1, 2, 3, 4], [0, 1, 1, 0]));
    expect(etaSquared).toMatchObject({ value: 0, status: 'BOUNDARY', reason: 'NEGATIVE_ESTIMATE' });
  });
  it('does not change with the names of the levels nor with any growing function of the measure', () => {
    const values = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 6, maxLength: 30 });
    fc.assert(
      fc.property(values, (x) => {
        const names = x.map((_, row) => row % 3);
        const other = names.map((name) => 2 - name);
        const stretched = x.map((value) => Math.exp(value));
        const of = (measure: number[], groups: number[]) =>
          kruskalWallis(separateUnits(measure, groups)).hStatistic.value;
        fc.pre(of(x, names) !== null);
        expect(of(stretched, other)).toBeCloseTo(of(x, names)!, 10);
      }),
    );
  });
});
