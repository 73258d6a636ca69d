import { describe, expect, it } from 'vitest';
import { friedman } from '../../src/statistics/friedman.ts';
import { pairedRuns } from '../../src/statistics/paired-runs.ts';
import { runSpread, standardDeviation } from '../../src/statistics/run-spread.ts';
import { seedFoldComponents } from '../../src/statistics/seed-fold-components.ts';
import { studentizedRangeQuantile } from '../../src/statistics/studentized-range-quantile.ts';
import { unpairedRuns } from '../../src/statistics/unpaired-runs.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from './oracle.ts';

const runs = (values: readonly number[], of: (index: number) => { fold?: string; seed?: string }) =>
  values.map((value, index) => ({ fold: null, repeat: null, seed: null, value, ...of(index) }));

describe.skipIf(!hasOracles)(`training runs against the oracles${hasOracles ? '' : ORACLES_ABSENT}`, () => {
  it('corrects a comparison over repeated folds for the training images that they share', () => {
    const { input, expected, tolerance } = oracle('07_runs', 'nadeau_bengio_sklearn');
    const differences = input.scores_a.map((score: number, index: number) => score - input.scores_b[index]);
    const { difference, t, degreesOfFreedom } = pairedRuns(differences, input.n_test / input.n_train);
    expectClose(difference.value, expected.mean, tolerance);
    expectClose(standardDeviation(differences), expected.sd, tolerance);
    expectClose(t, expected.t, tolerance);
    expect(degreesOfFreedom).toBe(expected.df);
    expectClose(difference.p, expected.p_two, tolerance);
    expectClose(difference.interval!.lower, expected.ci[0], tolerance);
    expectClose(difference.interval!.upper, expected.ci[1], tolerance);
  });

  it.each(['demsar_2006', 'garcia_herrera_2008'])('ranks models over datasets: %s', (id) => {
    const { input, expected, tolerance } = oracle('07_runs', id);
    const made = friedman(input.auc ?? input.acc);
    for (const [index, rank] of made.meanRanks.entries())
      expectClose(rank, expected.avg_ranks[index], tolerance);
    expectClose(made.chiSquare, expected.chi2, tolerance);
    expectClose(made.chiSquareTies, expected.chi2_ties, tolerance);
    expectClose(made.pChiSquare, expected.p_chi2, tolerance);
    expectClose(made.f, expected.F_F, tolerance);
    expectClose(made.fTies, expected.F_F_ties, tolerance);
    expect(made.fDegreesOfFreedom).toEqual([expected.df1, expected.df2]);
    expectClose(made.pF, expected.p_F, tolerance);
    expectClose(studentizedRangeQuantile(0.95, made.models) / Math.SQRT2, expected.q_alpha, tolerance);
    expectClose(made.criticalDifference, expected.CD, tolerance);
    expectClose(made.concordance, expected.kendall_W, tolerance);
  });

  it.each(['seed_fold_components', 'seed_fold_accuracy'])(
    'parts the spread of seeds from that of folds: %s',
    (id) => {
      const { input, expected, tolerance } = oracle('07_runs', id);
      const made = seedFoldComponents(input.matrix);
      expectClose(made.seedVariance.value, expected.var_seed, tolerance);
      expectClose(made.foldVariance.value, expected.var_fold, tolerance);
      expectClose(made.residualVariance.value, expected.var_resid, tolerance);
      expectClose(standardDeviation(input.matrix.flat()), expected.sd_all, tolerance);
    },
  );

  it('says what difference could have been found', () => {
    const { input, expected, tolerance } = oracle('07_runs', 'mdd_paired');
    input.cases.forEach(
      ({ J, n_test_over_train }: { J: number; n_test_over_train: number }, index: number) => {
        const alternating = Array.from({ length: J }, (_, pair) => (pair % 2 === 0 ? 1 : -1));
        const unit = alternating.map((value) => value / standardDeviation(alternating));
        const { detectable } = pairedRuns(unit, n_test_over_train);
        expectClose(detectable.value, expected.approx[index], tolerance);
        expect(Math.abs(detectable.value! / expected.exact[index] - 1)).toBeLessThan(0.002);
      },
    );
  });
});

describe('the scores of one model', () => {
  it('have a corrected interval over folds, and say that folds varied', () => {
    const spread = runSpread(
      runs([0.8, 0.9, 0.85, 0.88, 0.82], (index) => ({ fold: String(index) })),
      0.25,
    );
    const sd = spread.standardDeviation.value!;
    expect(spread.varied).toBe('FOLD');
    expect(spread.mean.interval!.method).toMatch(/Nadeau & Bengio 2003.*approximate/);
    const half = (spread.mean.interval!.upper - spread.mean.interval!.lower) / 2;
    expect(half).toBeCloseTo(2.7764451051978 * sd * Math.sqrt(1 / 5 + 0.25), 9);
  });

  it('have no interval over folds where nobody knows how many images were trained and tested on', () => {
    expect(
      runSpread(
        runs([0.8, 0.9], (index) => ({ fold: String(index) })),
        null,
      ).mean,
    ).toMatchObject({ interval: null, status: 'INSUFFICIENT', reason: 'SIZES_UNKNOWN' });
  });

  it('over seeds alone say nothing of the luck of the test images', () => {
    const spread = runSpread(
      runs([0.8, 0.81, 0.79, 0.8, 0.82], (index) => ({ seed: String(index) })),
      null,
    );
    expect(spread.varied).toBe('SEED');
    expect(spread.mean.interval!.method).toMatch(/luck of the test images is not in it/);
  });

  it('of one run have no deviation, and say so', () => {
    const spread = runSpread(
      runs([0.8], () => ({})),
      0.25,
    );
    expect(spread.standardDeviation).toMatchObject({
      value: null,
      status: 'INSUFFICIENT',
      reason: 'ONE_RUN',
    });
    expect(spread.mean).toMatchObject({ value: 0.8, status: 'INSUFFICIENT', interval: null });
  });

  it('that are all equal have a deviation of 0, and are marked', () => {
    const spread = runSpread(
      runs([0.1 + 0.2, 0.3, 0.3, 0.3, 0.3], (index) => ({ seed: String(index) })),
      null,
    );
    expect(spread.standardDeviation).toMatchObject({ value: 0, status: 'DEGENERATE' });
    expect(spread.mean).toMatchObject({ status: 'DEGENERATE', reason: 'IDENTICAL_SCORES', interval: null });
    expect(spread.isDeterministic).toBe(true);
  });
});

describe('two models', () => {
  it('that never differ have p = 1, and that differ by a constant have no test', () => {
    for (const share of [0.25, null]) {
      expect(pairedRuns([0, 0, 0], share)).toMatchObject({
        t: 0,
        difference: { value: 0, status: 'OK', reason: 'IDENTICAL_DIFFERENCES', p: 1, interval: null },
        detectable: { value: null, status: 'DEGENERATE' },
      });
      expect(pairedRuns([0.5, 0.5, 0.5], share)).toMatchObject({
        t: null,
        difference: {
          ...{ value: 0.5, status: 'DEGENERATE', reason: 'IDENTICAL_DIFFERENCES' },
          ...{ p: null, interval: null },
        },
      });
    }
  });

  it('have a difference without interval and p where nobody knows how many images were trained and tested on', () => {
    const made = pairedRuns([0.1, 0.2, 0.3], null);
    expect(made).toMatchObject({
      t: null,
      difference: { status: 'INSUFFICIENT', reason: 'SIZES_UNKNOWN', p: null, interval: null },
      detectable: { value: null, reason: 'SIZES_UNKNOWN' },
      detectableFloor: { value: null, reason: 'SIZES_UNKNOWN' },
      winShare: { value: 1 },
    });
    expect(made.difference.value).toBeCloseTo(0.2, 12);
  });

  it('cannot be told apart below a floor by repeating alone', () => {
    const differences = Array.from({ length: 1000 }, (_, index) => (index % 2 === 0 ? 1 : -1));
    const { detectable, detectableFloor } = pairedRuns(differences, 1 / 9);
    expect(detectableFloor.value).toBeCloseTo(0.934, 2);
    expect(detectable.value).toBeGreaterThan(detectableFloor.value!);
  });

  it('count ties as half a win', () => {
    expect(pairedRuns([1, 0, -1, 0], 0).winShare.value).toBe(0.5);
  });

  it('without partners are compared by Welch’s t', () => {
    const made = unpairedRuns([1, 2, 3, 4], [2, 4, 6, 8]);
    expect(made.value).toBe(-2.5);
    expect(made.p).toBeCloseTo(0.1515805, 6);
    expect(unpairedRuns([1], [2, 3])).toMatchObject({ status: 'INSUFFICIENT', interval: null });
    expect(unpairedRuns([1, 1], [2, 2])).toMatchObject({ status: 'DEGENERATE', reason: 'IDENTICAL_SCORES' });
    expect(unpairedRuns([1, 1], [1, 1])).toMatchObject({ p: 1, reason: 'IDENTICAL_SCORES', interval: null });
  });
});

describe('seeds and folds', () => {
  it('are not parted where there is one of either', () => {
    expect(seedFoldComponents([[0.8, 0.9]]).seedVariance).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'ONE_SEED_OR_FOLD',
    });
  });

  it('have a component of 0 at the boundary where it comes out below', () => {
    const made = seedFoldComponents([
      [0, 1],
      [1, 0],
    ]);
    expect(made.seedVariance).toMatchObject({ value: 0, status: 'BOUNDARY' });
  });

  it('are parted with a missing run too', () => {
    const matrix = [
      [0.91, 0.88, 0.93, 0.9, 0.89],
      [0.9, null, 0.93, 0.91, 0.88],
      [0.92, 0.88, 0.94, 0.9, 0.9],
      [0.9, 0.86, 0.92, 0.91, 0.88],
      [0.9, 0.87, 0.93, 0.92, 0.88],
    ];
    const made = seedFoldComponents(matrix);
    expect(made.foldVariance.value).toBeGreaterThan(made.seedVariance.value!);
  });
});

describe('several models', () => {
  it('that every dataset ranks the same have no F', () => {
    expect(friedman(Array.from({ length: 6 }, () => [3, 2, 1]))).toMatchObject({
      f: null,
      pF: null,
      fReason: 'SAME_RANKING_EVERYWHERE',
      concordance: 1,
    });
  });

  it('that tie on every dataset have an F of 0, and none corrected for ties', () => {
    expect(friedman(Array.from({ length: 6 }, () => [1, 1, 1]))).toMatchObject({
      ...{ f: 0, pF: 1, fTies: null, fReason: 'SAME_RANKING_EVERYWHERE', concordance: null },
    });
  });
});
