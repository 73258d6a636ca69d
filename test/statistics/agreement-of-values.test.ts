import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementTables } from '../../src/statistics/agreement-tables.ts';
import { blandAltman } from '../../src/statistics/bland-altman.ts';
import { intervalAlpha, intervalAlphaCells } from '../../src/statistics/interval-alpha.ts';
import { intraclassCorrelations } from '../../src/statistics/intraclass-correlations.ts';
import { krippendorffAlpha } from '../../src/statistics/krippendorff-alpha.ts';
import { bucketed, expectClose, hasOracles, ORACLES_ABSENT, oracle } from './oracle.ts';

const differencesTable = (differences: readonly number[], centre: number) =>
  bucketed(
    differences.map((d) => [1, d - centre, (d - centre) ** 2]),
    differences.length,
  );
const valuesTable = (items: readonly (readonly number[])[], centre: number) =>
  bucketed(
    items.map((item) => intervalAlphaCells(item, centre)),
    items.filter((item) => item.length > 1).length,
  );

describe.skipIf(!hasOracles)(`Agreement of values against published values${ORACLES_ABSENT}`, () => {
  it('limits of agreement of Bland & Altman 1986, with both reaches', () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'bland_altman_1986');
    const differences = input.a.map((a: number, index: number) => a - input.b[index]);
    const made = blandAltman(differencesTable(differences, 10), 10);
    expectClose(made.meanDifference.value, expected.mean_diff, tolerance);
    expectClose(made.standardDeviation.value, expected.sd, tolerance);
    expectClose(made.lowerLimit.value, expected.loa_196[0], tolerance);
    expectClose(made.upperLimit.value, expected.loa_196[1], tolerance);
    const paper = blandAltman(differencesTable(differences, 0), 0, 2);
    expectClose(paper.lowerLimit.value, expected.loa_2sd[0], tolerance);
    expectClose(paper.upperLimit.value, expected.loa_2sd[1], tolerance);
  });

  it('intraclass correlations of three raters of anxiety', () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'anxiety_icc');
    const { oneWay, agreement, consistency } = intraclassCorrelations(input.ratings);
    expectClose(oneWay.single.value, expected.own.ICC11, tolerance);
    expectClose(agreement.single.value, expected.own.ICC21, tolerance);
    expectClose(consistency.average.value, expected.own.ICC3k, tolerance);
  });

  it('interval α of Krippendorff 2011 without his matrix', () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'krippendorff_C');
    const items = input.ratings_units_by_observers.map((row: (number | null)[]) =>
      row.filter((value) => value !== null),
    );
    expectClose(intervalAlpha(valuesTable(items, 3)).value, expected.interval.alpha, tolerance);
  });
});

describe('Interval α', () => {
  const item = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });

  it('is that of the coincidence matrix, whatever the centre', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 20 }), fc.integer(), (items, centre) => {
        const rated = items.map((ratings, index) => ({ unit: `${index}`, bucket: index, ratings }));
        const matrix = agreementTables(rated, 5).coincidences;
        const expected = krippendorffAlpha(matrix, [0, 1, 2, 3, 4], 'interval');
        const made = intervalAlpha(valuesTable(items, centre % 10));
        expect(made.reason === 'NO_OVERLAP').toBe(expected.reason === 'NO_OVERLAP');
        if (expected.value !== null && made.value !== null) expect(made.value).toBeCloseTo(expected.value, 9);
      }),
    );
  });

  it('of equal values is UNDEFINED, and without overlap NOT_APPLICABLE', () => {
    expect(
      intervalAlpha(
        valuesTable(
          [
            [7, 7],
            [7, 7],
          ],
          7,
        ),
      ),
    ).toMatchObject({ reason: 'NO_VARIATION' });
    expect(intervalAlpha(valuesTable([[7], [8], []], 7))).toMatchObject({ reason: 'NO_OVERLAP' });
  });
});

describe('Limits of agreement', () => {
  it('say how many units they need: no interval below ten, no sd of one item', () => {
    const made = blandAltman(differencesTable([1, 2, 3], 0));
    expect(made.meanDifference).toMatchObject({ value: 2, status: 'INSUFFICIENT', interval: null });
    expect(blandAltman(differencesTable([1], 0)).upperLimit.reason).toBe('SINGLE_LEVEL');
    expect(blandAltman(differencesTable([], 0)).meanDifference.status).not.toBe('OK');
  });
});
