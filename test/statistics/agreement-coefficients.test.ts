import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgreementWeighting, agreementWeights } from '../../src/statistics/agreement-weights.ts';
import { brennanPrediger } from '../../src/statistics/brennan-prediger.ts';
import { categoryCells } from '../../src/statistics/category-cells.ts';
import { classKappa } from '../../src/statistics/class-kappa.ts';
import { fleissKappa } from '../../src/statistics/fleiss-kappa.ts';
import { generalisedKappa } from '../../src/statistics/generalised-kappa.ts';
import { gwetAgreement } from '../../src/statistics/gwet-agreement.ts';
import { gwetByItem } from '../../src/statistics/gwet-by-item.ts';
import type { BucketedTable } from '../../src/statistics/jackknife.ts';
import { bucketed, expectClose, hasOracles, ORACLES_ABSENT, oracle } from './oracle.ts';

type Counts = number[][];

/** n_ic from items × raters with null for no rating, classes 1 … K. */
function countsOf(ratings: readonly (readonly (number | null)[])[], classes: number): Counts {
  return ratings.map((row) =>
    Array.from({ length: classes }, (_, c) => row.filter((value) => value === c + 1).length),
  );
}

/** Every item a bucket and a unit of its own. */
function tableOf(counts: Counts, weighting: AgreementWeighting = 'UNWEIGHTED'): BucketedTable {
  const weights = agreementWeights(counts[0]!.length, weighting);
  const cells = counts.map((item) => categoryCells(item, weights));
  return bucketed(cells, cells.filter(([twice]) => twice === 1).length);
}

describe.skipIf(!hasOracles)(`Coefficients of agreement against published values${ORACLES_ABSENT}`, () => {
  it('Fleiss’ κ of his own table, with z and each class', () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'fleiss_1971');
    const counts = countsOf(input.ratings, input.categories.length);
    const made = fleissKappa(counts);
    expectClose(made.kappa.value, expected.kappa, tolerance);
    expectClose(made.observed, expected.Pbar, tolerance);
    expectClose(made.expected, expected.Pe, tolerance);
    expectClose(made.z, expected.z, tolerance);
    expectClose(made.kappa.value! / made.z!, expected.se0, tolerance);
    made.classes.forEach((one, c) => {
      expectClose(one.value, expected.per_category[c], tolerance);
    });
    expectClose(
      generalisedKappa(tableOf(counts), agreementWeights(5, 'UNWEIGHTED')).value,
      expected.kappa,
      tolerance,
    );
  });

  it('κ of a class for any number of ratings is Fleiss’ where they are equal', () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'fleiss_1971');
    const counts = countsOf(input.ratings, input.categories.length);
    for (let c = 0; c < 5; c += 1) {
      const cells = counts.map((item) => [1, 1, (2 * item[c]! * (6 - item[c]!)) / 30, item[c]! / 6]);
      expectClose(classKappa(bucketed(cells, cells.length)).value, expected.per_category[c], tolerance);
    }
  });

  it('Fleiss’ κ of the encyclopaedia example', () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'fleiss_wikipedia');
    const made = fleissKappa(input.counts);
    expectClose(made.kappa.value, expected.kappa, tolerance);
    expectClose(made.z, expected.z, tolerance);
  });

  it.each(['identity', 'quadratic'] as const)('Gwet’s four raters with missing ratings: %s', (kind) => {
    const { input, expected, tolerance } = oracle('06_agreement', 'gwet_4raters');
    const wanted = expected[kind];
    const counts = countsOf(input.ratings, 5);
    const weighting = kind === 'identity' ? 'UNWEIGHTED' : 'QUADRATIC';
    const weights = agreementWeights(5, weighting);
    const table = tableOf(counts, weighting);
    const made = gwetByItem(counts, weights);
    expectClose(made.coefficient.value, wanted.AC, tolerance);
    expectClose(made.standardError, wanted.AC_se, tolerance);
    expectClose(made.coefficient.interval!.lower, wanted.AC_ci[0], tolerance);
    expectClose(made.coefficient.interval!.upper, wanted.AC_ci[1], tolerance);
    expect(made.coefficient.imageCount).toBe(wanted.n_items_2plus);
    expectClose(gwetAgreement(table, weights).value, wanted.AC, tolerance);
    expectClose(generalisedKappa(table, weights).value, wanted.fleiss_gen, tolerance);
    expectClose(brennanPrediger(table, weights).value, wanted.BP, tolerance);
    expectClose(table.total[2]! / table.total[0]!, wanted.pa, tolerance);
    expect(fleissKappa(counts).kappa.reason).toBe('UNEQUAL_RATINGS');
  });

  it('Gwet’s six raters by counts', () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'gwet_distrib6');
    const wanted = expected.gwet;
    const weights = agreementWeights(5, 'UNWEIGHTED');
    const made = gwetByItem(input.counts, weights);
    expectClose(made.coefficient.value, wanted.AC, tolerance);
    expectClose(made.standardError, wanted.AC_se, tolerance);
    expectClose(made.coefficient.interval!.upper, wanted.AC_ci[1], tolerance);
    expectClose(generalisedKappa(tableOf(input.counts), weights).value, wanted.fleiss_gen, tolerance);
    expectClose(brennanPrediger(tableOf(input.counts), weights).value, wanted.BP, tolerance);
  });
});

const item = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 });
const study = fc.array(item, { minLength: 2, maxLength: 20 });

describe('Coefficients of agreement', () => {
  it('of weights between 0 and 1 give every pair of equal classes 1', () => {
    for (const weighting of ['UNWEIGHTED', 'LINEAR', 'QUADRATIC'] as const) {
      const weights = agreementWeights(4, weighting);
      expect([0, 5, 10, 15].map((cell) => weights[cell])).toEqual([1, 1, 1, 1]);
      expect(weights[3]).toBe(0);
      expect(agreementWeights(1, weighting)).toEqual([1]);
    }
    expect(agreementWeights(3, 'LINEAR')[1]).toBe(0.5);
    expect(agreementWeights(3, 'QUADRATIC')[1]).toBe(0.75);
  });

  it('of ratings that are all equal are UNDEFINED, and without overlap NOT_APPLICABLE', () => {
    const weights = agreementWeights(2, 'UNWEIGHTED');
    const equal = Array.from({ length: 40 }, () => [3, 0]);
    const alone = Array.from({ length: 40 }, (_, i) => (i % 2 ? [1, 0] : [0, 1]));
    const undefinedFigures = [
      generalisedKappa(tableOf(equal), weights),
      gwetAgreement(tableOf(equal), weights),
      brennanPrediger(tableOf(equal), weights),
      gwetByItem(equal, weights).coefficient,
      fleissKappa(equal).kappa,
    ];
    for (const made of undefinedFigures)
      expect(made).toMatchObject({ value: null, status: 'UNDEFINED', reason: 'NO_VARIATION' });
    const without = [
      generalisedKappa(tableOf(alone), weights),
      gwetAgreement(tableOf(alone), weights),
      gwetByItem(alone, weights).coefficient,
      fleissKappa(alone).kappa,
      fleissKappa([]).kappa,
    ];
    for (const made of without)
      expect(made).toMatchObject({ value: null, status: 'NOT_APPLICABLE', reason: 'NO_OVERLAP' });
  });

  it('from counts by bucket and item by item are the same number', () => {
    fc.assert(
      fc.property(study, fc.constantFrom('UNWEIGHTED', 'LINEAR', 'QUADRATIC'), (counts, weighting) => {
        const weights = agreementWeights(3, weighting);
        const one = gwetAgreement(tableOf(counts, weighting), weights);
        const { coefficient } = gwetByItem(counts, weights);
        expect(coefficient.reason === 'NO_OVERLAP').toBe(one.reason === 'NO_OVERLAP');
        if (one.value !== null) expect(coefficient.value).toBeCloseTo(one.value, 9);
      }),
    );
  });

  it('do not change when all items are doubled', () => {
    fc.assert(
      fc.property(study, (counts) => {
        const weights = agreementWeights(3, 'UNWEIGHTED');
        const once = generalisedKappa(tableOf(counts), weights).value;
        const doubled = generalisedKappa(tableOf([...counts, ...counts]), weights).value;
        if (once !== null) expect(doubled).toBeCloseTo(once, 9);
      }),
    );
  });
});
