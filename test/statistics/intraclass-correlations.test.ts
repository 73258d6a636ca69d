import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intraclassCorrelations } from '../../src/statistics/intraclass-correlations.ts';
import { intraclassIntervals } from '../../src/statistics/intraclass-intervals.ts';
import { twoWayMeanSquares } from '../../src/statistics/two-way-mean-squares.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle, seeded } from './oracle.ts';

const figures = (values: number[][]) =>
  Object.values(intraclassCorrelations(values)).flatMap(({ single, average }) => [single, average]);

describe.skipIf(!hasOracles)(`intraclass correlations of Shrout and Fleiss${ORACLES_ABSENT}`, () => {
  const { input, expected, tolerance } = hasOracles
    ? oracle('02_measurement', 'shrout_fleiss_1979')
    : { input: null, expected: null, tolerance: 0 };
  it('mean squares', () => {
    const squares = twoWayMeanSquares(input.subjects_by_judges);
    expectClose(squares.rows, expected.MSR, tolerance);
    expectClose(squares.columns, expected.MSC, tolerance);
    expectClose(squares.residual, expected.MSE, tolerance);
    expectClose(squares.within, expected.MSW, tolerance);
  });
  it('all six forms', () => {
    const { oneWay, agreement, consistency } = intraclassCorrelations(input.subjects_by_judges);
    expectClose(oneWay.single.value, expected.ICC11, tolerance);
    expectClose(agreement.single.value, expected.ICC21, tolerance);
    expectClose(consistency.single.value, expected.ICC31, tolerance);
    expectClose(oneWay.average.value, expected.ICC1k, tolerance);
    expectClose(agreement.average.value, expected.ICC2k, tolerance);
    expectClose(consistency.average.value, expected.ICC3k, tolerance);
  });
  it('the intervals of the single forms and, by Spearman–Brown, of the averages', () => {
    const intervals = intraclassIntervals(twoWayMeanSquares(input.subjects_by_judges));
    const up = (rho: number) => (4 * rho) / (1 + 3 * rho);
    const all = [
      [intervals.oneWay, expected.ci_psych.ICC1, expected.ci_psych.ICC1k],
      [intervals.agreement, expected.ci_psych.ICC2, expected.ci_psych.ICC2k],
      [intervals.consistency, expected.ci_psych.ICC3, expected.ci_psych.ICC3k],
    ];
    for (const [interval, single, average] of all) {
      expectClose(interval?.lower, single[0], tolerance);
      expectClose(interval.upper, single[1], tolerance);
      expectClose(up(interval.lower), average[0], tolerance);
      expectClose(up(interval.upper), average[1], tolerance);
    }
  });
  it('the intervals of the averages, where there are scenes enough: twice the six, shifted', () => {
    const six: number[][] = input.subjects_by_judges;
    const { oneWay, agreement, consistency } = intraclassCorrelations([
      ...six,
      ...six.map((row) => row.map((x, judge) => x + (judge % 2))),
    ]);
    for (const { single, average } of [oneWay, agreement, consistency]) {
      const up = (rho: number) => (4 * rho) / (1 + 3 * rho);
      expectClose(average.interval!.lower, up(single.interval!.lower), 1e-12);
      expectClose(average.interval!.upper, up(single.interval!.upper), 1e-12);
    }
  });
  it('of six scenes have no interval, for fewer than ten units carry none', () => {
    for (const figure of figures(input.subjects_by_judges)) {
      expect(figure).toMatchObject({ status: 'INSUFFICIENT', reason: 'FEWER_THAN_10_UNITS', interval: null });
    }
  });
});

describe('intraclass correlations', () => {
  const scenes = Array.from({ length: 12 }, (_, scene) => scene);
  it.each([
    ['no scene', [], 'EMPTY', 'NO_IMAGE'],
    ['one scene', [[1, 2]], 'NOT_APPLICABLE', 'SINGLE_LEVEL'],
    ['one camera', scenes.map((scene) => [scene]), 'NOT_APPLICABLE', 'SINGLE_LEVEL'],
    ['a constant', scenes.map(() => [0.1, 0.1]), 'UNDEFINED', 'CONSTANT_VALUE'],
  ])('of %s have no value, and say so', (_, values, status, reason) => {
    for (const figure of figures(values)) expect(figure).toMatchObject({ value: null, status, reason });
  });
  it('count an offset between cameras as error in agreement, not in consistency', () => {
    const random = seeded(5);
    const values = scenes.map((scene) => [scene + random(), scene + 6 + random()]);
    const { agreement, consistency } = intraclassCorrelations(values);
    expect(consistency.single.interval!.lower).toBeGreaterThan(0.9);
    expect(agreement.single.value).toBeLessThan(0.5);
  });
  it('without residual are DEGENERATE', () => {
    const { consistency } = intraclassCorrelations(scenes.map((scene) => [scene, scene + 3]));
    expect(consistency.single).toMatchObject({ value: 1, status: 'DEGENERATE', interval: null });
  });
  it('depend neither on the order of scenes and cameras nor on the unit of the measure, and never exceed 1', () => {
    const row = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 15 }), (values) => {
        const other = figures(values.toReversed().map((x) => x.toReversed().map((value) => 5 - 2 * value)));
        figures(values).forEach((figure, form) => {
          if (figure.value === null) expect(figure.reason).not.toBeNull();
          else expectClose(other[form]!.value, figure.value, 1e-6);
          expect(figure.value ?? 0).toBeLessThanOrEqual(1 + 1e-12);
        });
      }),
    );
  });
});
