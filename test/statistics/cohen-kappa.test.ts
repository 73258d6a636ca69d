import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementWeights } from '../../src/statistics/agreement-weights.ts';
import { bhapkar } from '../../src/statistics/bhapkar.ts';
import { cohenCells } from '../../src/statistics/cohen-cells.ts';
import { cohenKappa } from '../../src/statistics/cohen-kappa.ts';
import { cohenStandardError } from '../../src/statistics/cohen-standard-error.ts';
import { stuartMaxwell } from '../../src/statistics/stuart-maxwell.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle, plainTable } from './oracle.ts';

function kappaOf(table: readonly (readonly number[])[], weighting: 'UNWEIGHTED' | 'LINEAR' | 'QUADRATIC') {
  const cells = table.flat();
  const weights = agreementWeights(table.length, weighting);
  const items = cells.reduce((a, b) => a + b, 0);
  return {
    kappa: cohenKappa(plainTable(cohenCells(cells, weights), items), weights),
    standardError: cohenStandardError(cells, weights),
  };
}

describe.skipIf(!hasOracles)(`Two annotators against published values${ORACLES_ABSENT}`, () => {
  it.each(['unweighted', 'linear', 'quadratic'] as const)('Cohen’s κ of two abstractors: %s', (weighting) => {
    const { input, expected, tolerance } = oracle('06_agreement', 'cohen_3x3_abstractors');
    const made = kappaOf(input.table, weighting.toUpperCase() as 'LINEAR');
    expectClose(made.kappa.value, expected[weighting].kappa, tolerance);
    expectClose(made.standardError, expected[weighting].se, tolerance);
  });

  it('Cohen’s κ of four classes', () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'cohen_4x4');
    const made = kappaOf(input.table, 'UNWEIGHTED');
    expectClose(made.kappa.value, expected.kappa, tolerance);
    expectClose(made.standardError, expected.se, tolerance);
  });

  it('Stuart–Maxwell and Bhapkar of the unaided vision of 7477 women', () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'vision_marginal_homogeneity');
    const [stuart, other] = [stuartMaxwell(input.table.flat()), bhapkar(input.table.flat())];
    expectClose(stuart.statistic.value, expected.stuart_maxwell.stat, tolerance);
    expect(stuart.degreesOfFreedom).toBe(expected.stuart_maxwell.df);
    expectClose(stuart.p, expected.stuart_maxwell.p, tolerance);
    expectClose(other.statistic.value, expected.bhapkar.stat, tolerance);
    expectClose(other.p, expected.bhapkar.p, tolerance);
  });
});

describe('Cohen’s κ', () => {
  it('of fewer than 30 shared items is INSUFFICIENT and has no interval', () => {
    const { kappa } = kappaOf(
      [
        [10, 2],
        [3, 5],
      ],
      'UNWEIGHTED',
    );
    expect(kappa).toMatchObject({ status: 'INSUFFICIENT', reason: 'FEWER_THAN_30_SHARED_ITEMS' });
    expect(kappa.value).toBeGreaterThan(0);
  });

  it('has no value without a shared item, nor where both always say the same one class', () => {
    const empty = [
      [0, 0],
      [0, 0],
    ];
    const one = [
      [50, 0],
      [0, 0],
    ];
    expect(kappaOf(empty, 'UNWEIGHTED').kappa).toMatchObject({ value: null, reason: 'NO_OVERLAP' });
    expect(kappaOf(one, 'LINEAR').kappa).toMatchObject({ status: 'UNDEFINED', reason: 'NO_VARIATION' });
    expect(kappaOf(one, 'LINEAR').standardError).toBeNull();
  });

  it('of two classes is the same with any weights', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 4, maxLength: 4 }), ([a, b, c, d]) => {
        const table = [
          [a!, b!],
          [c!, d!],
        ];
        expect(kappaOf(table, 'QUADRATIC').kappa.value).toBe(kappaOf(table, 'UNWEIGHTED').kappa.value);
      }),
    );
  });
});

describe('Marginal homogeneity', () => {
  it('drops classes that nobody used', () => {
    const plain = stuartMaxwell([20, 9, 3, 30]);
    const padded = stuartMaxwell([20, 0, 9, 0, 0, 0, 3, 0, 30]);
    expect(padded).toEqual(plain);
    expect(plain.statistic.value).toBeCloseTo(36 / 12, 12);
  });

  it('of annotators who never differ has no answer', () => {
    expect(stuartMaxwell([9, 0, 0, 9]).statistic).toMatchObject({ status: 'UNDEFINED', reason: 'SINGULAR' });
    expect(bhapkar([9, 0, 0, 0]).statistic.reason).toBe('SINGLE_LEVEL');
    expect(bhapkar([0, 0, 0, 0]).statistic.reason).toBe('NO_OVERLAP');
    expect(bhapkar([0, 9, 0, 0]).statistic.reason).toBe('SINGULAR');
  });
});
