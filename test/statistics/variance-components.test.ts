import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentTable } from '../../src/statistics/moment-table.ts';
import { varianceComponents } from '../../src/statistics/variance-components.ts';
import { coded, separateUnits, unitsOf } from './measured-rows.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from './oracle.ts';

function of(values: readonly number[], names: readonly (string | number)[], unitOf?: readonly number[]) {
  const means = separateUnits(values, names);
  return varianceComponents(momentTable(unitOf ? unitsOf(unitOf) : means.units, means.values, coded(names)));
}

describe.skipIf(!hasOracles)(`variance components against lme4${ORACLES_ABSENT}`, () => {
  it.each(['dyestuff', 'dyestuff2_boundary', 'plantgrowth'])(
    'components, ICC and Searle interval: %s',
    (id) => {
      const { input, expected, tolerance } = oracle('02_measurement', id);
      const result = of(input.x, input.g);
      expectClose(result.factorVariance.value, expected.var_between, tolerance);
      expectClose(result.residualVariance.value, expected.var_within_reml, tolerance);
      expectClose(result.intraclassCorrelation.value, expected.icc, tolerance);
      const { interval } = result.intraclassCorrelation;
      expectClose(interval?.lower ?? null, Math.max(0, expected.icc_ci_searle[0]), tolerance);
      expectClose(interval?.upper ?? null, expected.icc_ci_searle[1], tolerance);
    },
  );
  it('a negative component is 0 at the BOUNDARY, and so is the ICC', () => {
    const { input } = oracle('02_measurement', 'dyestuff2_boundary');
    const { factorVariance, intraclassCorrelation, designEffect } = of(input.x, input.g);
    const boundary = { value: 0, status: 'BOUNDARY', reason: 'NEGATIVE_ESTIMATE' };
    expect(factorVariance).toMatchObject(boundary);
    expect(intraclassCorrelation).toMatchObject(boundary);
    expect(designEffect.value).toBe(1);
  });
});

describe('variance components', () => {
  const levels = (k: number, n: number) => Array.from({ length: k * n }, (_, i) => i % k);
  const spread = (names: number[]) => names.map((level, i) => 3 * level + ((i * 7) % 11));

  it('of fewer than five levels show their value, and that it cannot be relied on', () => {
    const { intraclassCorrelation } = of(spread(levels(4, 6)), levels(4, 6));
    expect(intraclassCorrelation).toMatchObject({ status: 'INSUFFICIENT', reason: 'FEWER_THAN_5_LEVELS' });
    expect(intraclassCorrelation.value).toBeGreaterThan(0);
    expect(intraclassCorrelation.interval).not.toBeNull();
    expect(of(spread(levels(5, 6)), levels(5, 6)).intraclassCorrelation.status).toBe('OK');
  });
  it('give the design effect of levels of the mean size', () => {
    const { designEffect, intraclassCorrelation } = of(spread(levels(5, 6)), levels(5, 6));
    expectClose(designEffect.value, 1 + 5 * intraclassCorrelation.value!, 1e-12);
  });
  it('take the jackknife over units where units repeat', () => {
    const names = levels(6, 20);
    const unitOf = names.map((_, i) => Math.floor(i / 2));
    const { interval } = of(spread(names), names, unitOf).intraclassCorrelation;
    expect(interval!.method).toMatch('jackknife');
    expect(of(spread(names), names).intraclassCorrelation.interval!.method).toMatch('Searle');
  });
  it('have no interval below ten units', () => {
    const names = levels(5, 6);
    const { intraclassCorrelation } = of(
      spread(names),
      names,
      names.map((_, i) => i % 9),
    );
    expect(intraclassCorrelation).toMatchObject({
      status: 'INSUFFICIENT',
      reason: 'FEWER_THAN_10_UNITS',
      interval: null,
    });
  });
  it.each([
    ['no image', [], [], 'EMPTY', 'NO_IMAGE'],
    ['one level', [1, 2, 3], [0, 0, 0], 'NOT_APPLICABLE', 'SINGLE_LEVEL'],
    ['a constant', [2, 2, 2, 2], [0, 0, 1, 1], 'UNDEFINED', 'CONSTANT_VALUE'],
    ['one image a level', [1, 2, 3], [0, 1, 2], 'DEGENERATE', 'ZERO_WITHIN_VARIANCE'],
  ] as const)('of %s have no value, and say so', (_, values, names, status, reason) => {
    for (const figure of Object.values(of(values, names))) {
      expect(figure).toMatchObject({ value: null, status, reason, interval: null });
    }
  });
  it('without variance inside the levels make an ICC of 1, DEGENERATE', () => {
    const names = levels(5, 4);
    const { intraclassCorrelation, residualVariance } = of(names, names);
    expect(intraclassCorrelation).toMatchObject({ value: 1, status: 'DEGENERATE', interval: null });
    expect(residualVariance.value).toBe(0);
  });
  it('do not change with the names of the levels nor the zero of the measure, and grow with the square of its unit', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 20, maxLength: 40 });
    fc.assert(
      fc.property(values, (x) => {
        const names = x.map((_, i) => i % 5);
        const one = of(x, names);
        fc.pre(one.factorVariance.value !== null);
        const other = of(
          x.map((value) => 3 * value + 7),
          names.map((name) => 4 - name),
        );
        expectClose(other.factorVariance.value, 9 * one.factorVariance.value!, 1e-9);
        expectClose(other.intraclassCorrelation.value, one.intraclassCorrelation.value!, 1e-9);
      }),
    );
  });
});
