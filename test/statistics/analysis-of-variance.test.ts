import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysisOfVariance } from '../../src/statistics/analysis-of-variance.ts';
import { bucketed, expectClose, hasOracles, ORACLES_ABSENT, oracle } from './oracle.ts';

/** Cells of k levels from values and their levels, one bucket a value (each value its own unit). */
function ofValues(values: readonly number[], levels: readonly number[], k: number) {
  const buckets = values.map((x, i) => {
    const cells = new Array<number>(3 * k).fill(0);
    [1, x, x * x].forEach((sum, part) => {
      cells[part * k + levels[i]!] = sum;
    });
    return cells;
  });
  return { ...bucketed(buckets, values.length), imageCount: values.length };
}

describe.skipIf(!hasOracles)(`analysis of variance against R${ORACLES_ABSENT}`, () => {
  it.each(['plantgrowth', 'dyestuff', 'dyestuff2_boundary'])(
    'F, p and effect sizes from n, Σx, Σx²: %s',
    (id) => {
      const { input, expected, tolerance } = oracle('02_measurement', id);
      const { n, sum, sumsq } = input.suff;
      const total: number[] = [...n, ...sum, ...sumsq];
      const result = analysisOfVariance({
        total,
        buckets: [total],
        imageCount: expected.N,
        unitCount: expected.N,
      });
      expectClose(result.fStatistic.value, expected.F, tolerance);
      expectClose(result.fStatistic.p, expected.p, tolerance);
      expectClose(result.etaSquared.value, expected.eta2, tolerance);
      expectClose(result.epsilonSquared.value, Math.max(0, expected.epsilon2), tolerance);
      expectClose(result.omegaSquared.value, Math.max(0, expected.omega2), tolerance);
    },
  );
  it('a negative omega squared is 0 at the BOUNDARY, with an interval up to that of eta squared', () => {
    const { input } = oracle('02_measurement', 'dyestuff2_boundary');
    const levels = input.g.map((g: string) => 'ABCDEF'.indexOf(g));
    const { omegaSquared, etaSquared } = analysisOfVariance(ofValues(input.x, levels, 6));
    expect(omegaSquared).toMatchObject({ value: 0, status: 'BOUNDARY', reason: 'NEGATIVE_ESTIMATE' });
    expect(omegaSquared.interval).toMatchObject({ lower: 0, upper: etaSquared.interval!.upper });
  });
});

describe('analysis of variance', () => {
  const alternate = (n: number) => Array.from({ length: n }, (_, i) => i % 2);
  it('of one level is NOT_APPLICABLE', () => {
    const { omegaSquared, fStatistic } = analysisOfVariance(ofValues([1, 2, 3], [0, 0, 0], 1));
    for (const figure of [omegaSquared, fStatistic]) {
      expect(figure).toMatchObject({ value: null, status: 'NOT_APPLICABLE', reason: 'SINGLE_LEVEL' });
    }
  });
  it('of a constant is UNDEFINED, also where rounding leaves a trace', () => {
    const { etaSquared } = analysisOfVariance(ofValues(new Array(21).fill(0.1), alternate(21), 2));
    expect(etaSquared).toMatchObject({ value: null, status: 'UNDEFINED', reason: 'CONSTANT_VALUE' });
  });
  it('without variance inside the levels has eta squared 1 and no F', () => {
    const { etaSquared, fStatistic } = analysisOfVariance(ofValues(alternate(20), alternate(20), 2));
    expect(etaSquared).toMatchObject({ value: 1, status: 'DEGENERATE', reason: 'ZERO_WITHIN_VARIANCE' });
    expect(fStatistic).toMatchObject({ value: null, status: 'DEGENERATE', reason: 'ZERO_WITHIN_VARIANCE' });
  });
  it('gives no p where units repeat, for then images are not independent', () => {
    const values = Array.from({ length: 24 }, (_, i) => (i * 7) % 5);
    const repeated = { ...ofValues(values, alternate(24), 2), unitCount: 12 };
    expect(analysisOfVariance(repeated).omegaSquared.p).toBeNull();
    expect(analysisOfVariance(repeated).fStatistic.reason).toBe('UNITS_REPEAT');
  });
  it('depends neither on the names of the levels nor on the unit and zero of the measure', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 12, maxLength: 40 });
    fc.assert(
      fc.property(values, (x) => {
        const levels = x.map((_, i) => i % 3);
        const base = analysisOfVariance(ofValues(x, levels, 3)).etaSquared;
        fc.pre(base.status === 'OK');
        const renamed = analysisOfVariance(
          ofValues(
            x,
            levels.map((level) => 2 - level),
            3,
          ),
        ).etaSquared;
        const scaled = analysisOfVariance(
          ofValues(
            x.map((v) => 3 * v + 10),
            levels,
            3,
          ),
        ).etaSquared;
        expect(renamed.value).toBeCloseTo(base.value!, 9);
        expect(scaled.value).toBeCloseTo(base.value!, 8);
      }),
    );
  });
});
