import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colour } from '../../src/statistics/colour.ts';
import { correctedStandardizedDifference } from '../../src/statistics/corrected-standardized-difference.ts';
import { differentialExclusion } from '../../src/statistics/differential-exclusion.ts';
import { exclusionFlow } from '../../src/statistics/exclusion-flow.ts';
import { exclusionOperators } from '../../src/statistics/exclusion-operators.ts';
import { exclusionShare } from '../../src/statistics/exclusion-share.ts';
import { keptVersusExcluded } from '../../src/statistics/kept-versus-excluded.ts';
import { newcombeDifference } from '../../src/statistics/newcombe-difference.ts';
import { oddsRatio } from '../../src/statistics/odds-ratio.ts';
import { standardizedDifference } from '../../src/statistics/standardized-difference.ts';
import { standardizedShareDifference } from '../../src/statistics/standardized-share-difference.ts';
import { THRESHOLDS } from '../../src/statistics/thresholds.ts';
import { verificationBias } from '../../src/statistics/verification-bias.ts';
import { worstCaseBounds } from '../../src/statistics/worst-case-bounds.ts';
import { expectHonest } from './expect-honest.ts';
import { bucketed, expectClose, hasOracles, ORACLES_ABSENT, oracle, plainTable, seeded } from './oracle.ts';

const random = () => seeded(5);
/** Levels by kept and excluded. */
const levelTable = (cells: readonly number[]) => ({
  rows: cells.length / 2,
  columns: 2,
  ...plainTable(cells),
});
const clustered = (buckets: readonly (readonly number[])[], unitCount = buckets.length) => ({
  rows: buckets[0]!.length / 2,
  columns: 2,
  ...bucketed(buckets, unitCount),
});

describe.skipIf(!hasOracles)(`attrition against published and reference values${ORACLES_ABSENT}`, () => {
  it('the card of two classes, one of which is excluded more often', () => {
    const { input, expected, tolerance } = oracle('04_attrition', 'excluded_vs_kept');
    const { kept, excluded } = input;
    const cells = [kept.class0, excluded.class0, kept.class1, excluded.class1];
    const table = levelTable(cells);
    const differential = differentialExclusion(table, [760, 440], true);
    expect([differential.worst, differential.best]).toEqual([1, 0]);
    const limits = [differential.difference.value, ...limitsOf(differential.difference)];
    limits.forEach((limit, i) => {
      expectClose(limit, expected.differential_exclusion[i], tolerance);
    });
    expectClose(differential.oddsRatio.value, expected.or_, tolerance);
    limitsOf(differential.oddsRatio).forEach((limit, i) => {
      expectClose(limit, expected.or_ci[i], tolerance);
    });
    const compared = keptVersusExcluded(table, true, random());
    expectClose(compared.standardizedDifference.value, expected.smd, tolerance);
    expectClose(compared.association.value, expected.V_bc, tolerance);
    expectClose(compared.exclusionShare.value, expected.overall_exclusion, tolerance);
    const bounds = worstCaseBounds([kept.class0, kept.class1], 200, 1200)[1]!;
    expectClose(bounds.value, expected.prevalence_class1_kept, tolerance);
    limitsOf(bounds).forEach((limit, i) => {
      expectClose(limit, expected.manski_if_labels_unknown[i], tolerance);
    });
    const shares = newcombeDifference({ successes: 140, trials: 200 }, { successes: 300, trials: 1000 });
    [shares.value, ...limitsOf(shares)].forEach((limit, i) => {
      expectClose(limit, expected.rd[i], tolerance);
    });
    const all = (kept.class1 + excluded.class1) / 1200;
    expectClose(all, expected.prevalence_class1_all_if_label_known, tolerance);
  });
  it('Woolf’s odds ratio and Newcombe’s difference: aspirin and heart attacks', () => {
    const { input, expected, tolerance } = oracle('04_attrition', 'aspirin_or');
    const { a, b, c, d } = input;
    const ratio = oddsRatio(plainTable([a, b, c, d]));
    expectClose(ratio.value, expected.or_, tolerance);
    limitsOf(ratio).forEach((limit, i) => {
      expectClose(limit, expected.ci[i], tolerance);
    });
    const { difference } = differentialExclusion(levelTable([b, a, d, c]), [a + b, c + d], true);
    [difference.value, ...limitsOf(difference)].forEach((limit, i) => {
      expectClose(limit, expected.diff[i], tolerance);
    });
  });
  it('the difference of exclusion shares between two classes: Newcombe 1998', () => {
    const { input, expected, tolerance } = oracle('04_attrition', 'newcombe_1998');
    const { x1, n1, x2, n2 } = input;
    const { difference } = differentialExclusion(levelTable([n1 - x1, x1, n2 - x2, x2]), [n1, n2], true);
    expectClose(difference.value, expected.diff, tolerance);
    expectClose(limitsOf(difference)[0], expected.lo, tolerance);
    expectClose(limitsOf(difference)[1], expected.hi, tolerance);
  });
  it('the standardized difference of two levels is that of one share', () => {
    const { expected, tolerance } = oracle('04_attrition', 'smd_three_levels');
    const [whole, binary] = expected.smd_two_level_equals_binary;
    expectClose(standardizedDifference([0.3, 0.7], [0.7, 0.3]).value, whole, tolerance);
    expectClose(standardizedShareDifference(0.3, 0.7).value, binary, tolerance);
  });
  it('verification bias: hepatic scintigraphy, Begg & Greenes 1983', () => {
    const { input, expected, tolerance } = oracle('04_attrition', 'begg_greenes_1983');
    const { TP, FP, FN, TN } = input.verified;
    const { test_positive, test_negative } = input.unverified;
    const { naive, corrected } = verificationBias(plainTable([TP, FP, FN, TN, test_positive, test_negative]));
    expectClose(naive.sensitivity.value, expected.sens_naive, tolerance);
    expectClose(naive.specificity.value, expected.spec_naive, tolerance);
    expectClose(corrected.sensitivity.value, expected.sens, tolerance);
    expectClose(corrected.specificity.value, expected.spec, tolerance);
  });
});

function limitsOf({ interval }: { interval: { lower: number; upper: number } | null }): [number, number] {
  return [interval!.lower, interval!.upper];
}

describe('the flow of images', () => {
  const collected = { imageCount: 100, unitCount: 20 };
  const decoded = {
    stage: 'DECODED' as const,
    excluded: [
      { reason: 'truncated', imageCount: 6, unitCount: 2 },
      { reason: 'corrupt', imageCount: 4, unitCount: 3 },
    ],
    reached: { imageCount: 90, unitCount: 19 },
  };
  const released = { stage: 'RELEASED' as const, excluded: [], reached: { imageCount: 90, unitCount: 19 } };
  it('adds up stage by stage, and counts the units that lost their last image', () => {
    const flow = exclusionFlow(collected, [decoded, released]);
    expect(flow).toMatchObject({ status: 'OK', reason: null });
    expect(flow.stages.map(({ entering, unitsLost }) => [entering.imageCount, unitsLost])).toEqual([
      [100, 1],
      [90, 0],
    ]);
  });
  it('that does not add up is DEGENERATE, FLOW_MISMATCH, and names the stage', () => {
    const torn = { ...decoded, reached: { imageCount: 91, unitCount: 19 } };
    const flow = exclusionFlow(collected, [torn, { ...released, reached: torn.reached }]);
    expect(flow).toMatchObject({ status: 'DEGENERATE', reason: 'FLOW_MISMATCH' });
    expect(flow.stages.map(({ adds }) => adds)).toEqual([false, true]);
  });
  it('contradicts itself where units appear, or vanish without a reason', () => {
    const more = { ...decoded, reached: { imageCount: 90, unitCount: 21 } };
    const fewer = { ...decoded, reached: { imageCount: 90, unitCount: 10 } };
    for (const torn of [more, fewer]) expect(exclusionFlow(collected, [torn]).reason).toBe('FLOW_MISMATCH');
  });
  it('of nothing is EMPTY', () => {
    expect(exclusionFlow({ imageCount: 0, unitCount: 0 }, [])).toMatchObject({ status: 'EMPTY' });
  });
});

describe('the share excluded', () => {
  const share = (excluded: number, all: number, tracked = true) =>
    exclusionShare({ ...plainTable([excluded, all]), imageCount: all, unitCount: all }, tracked);
  const verdict = (estimate: ReturnType<typeof share>) =>
    colour(estimate, THRESHOLDS.exclusionShare.bands).colour;
  it('of nothing excluded is 0 and GREEN if the ledger goes back to the first image', () => {
    expect(share(0, 40)).toMatchObject({ status: 'OK', value: 0, interval: { lower: 0, upper: 0 } });
    expect(verdict(share(0, 40))).toBe('GREEN');
  });
  it('of nothing excluded is GREY, UNTRACKED, if it does not', () => {
    expect(share(0, 40, false)).toMatchObject({ status: 'INSUFFICIENT', reason: 'UNTRACKED', value: 0 });
    expect(verdict(share(0, 40, false))).toBe('GREY');
  });
  it('of everything excluded, and of no image, is EMPTY', () => {
    expect(share(40, 40)).toMatchObject({ status: 'EMPTY', reason: 'EVERYTHING_EXCLUDED', value: null });
    expect(share(0, 0)).toMatchObject({ status: 'EMPTY', reason: 'NO_IMAGE', value: null });
  });
});

describe('an odds ratio', () => {
  it('adds a half to every cell where one is 0', () => {
    expectClose(oddsRatio(plainTable([0, 10, 5, 5])).value, (0.5 * 5.5) / (10.5 * 5.5), 1e-12);
  });
  it('takes its interval from the jackknife where units repeat', () => {
    const buckets = Array.from({ length: 20 }, (_, b) => [3 + (b % 3), 7 - (b % 3), 2, 8]);
    const { interval } = oddsRatio(bucketed(buckets, 20));
    expect(interval?.method).toMatch(/jackknife/);
    expect(interval!.lower).toBeGreaterThan(0);
  });
  it('needs two rows and two columns', () => {
    expect(oddsRatio(plainTable([0, 0, 3, 4]))).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'SINGLE_LEVEL',
    });
    expect(oddsRatio(plainTable([0, 0, 0, 0]))).toMatchObject({ status: 'EMPTY' });
  });
  it('is turned over where its rows are', () => {
    const cell = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(cell, cell, cell, cell, (a, b, c, d) => {
        const [one, other] = [
          oddsRatio(plainTable([a, b, c, d])).value,
          oddsRatio(plainTable([c, d, a, b])).value,
        ];
        if (one !== null && other !== null) expect(one * other).toBeCloseTo(1, 9);
        else expect(other).toBe(one);
      }),
    );
  });
});

describe('differential exclusion', () => {
  it('takes the jackknife over units where they repeat', () => {
    const buckets = Array.from({ length: 40 }, (_, b) => (b % 2 === 0 ? [6, 4, 0, 0] : [0, 0, 9, 1]));
    const { difference, worst } = differentialExclusion(clustered(buckets, 80), [40, 40], true);
    expect(worst).toBe(0);
    expectClose(difference.value, 0.3, 1e-12);
    expect(difference.interval?.method).toMatch(/jackknife/);
  });
  it('chooses among the levels that can be told', () => {
    const table = levelTable([0, 5, 90, 10, 60, 40]);
    expect(differentialExclusion(table, [5, 100, 100], true)).toMatchObject({ worst: 2, best: 1 });
    expect(differentialExclusion(table, [5, 100, 20], true)).toMatchObject({ worst: 0, best: 1 });
  });
  it('widens its interval by the number of pairs that the worst and best were chosen from', () => {
    const level = (levels: number) => {
      const cells = Array.from({ length: levels }, (_, l) => [90 - l, 10 + l]).flat();
      return differentialExclusion(levelTable(cells), new Array(levels).fill(100), true).difference.interval!
        .level;
    };
    expect([level(2), level(3), level(5)]).toEqual([0.95, 1 - 0.05 / 3, 0.995]);
  });
  it('of nothing excluded is 0; of one level, or of no image, there is none', () => {
    expect(differentialExclusion(levelTable([40, 0, 40, 0]), [40, 40], true).difference).toMatchObject({
      status: 'OK',
      value: 0,
    });
    expect(differentialExclusion(levelTable([40, 0, 40, 0]), [40, 40], false).difference.reason).toBe(
      'UNTRACKED',
    );
    expect(differentialExclusion(levelTable([4, 4, 0, 0]), [8, 0], true).difference.reason).toBe(
      'SINGLE_LEVEL',
    );
    expect(differentialExclusion(levelTable([0, 0, 0, 0]), [0, 0], true).difference.status).toBe('EMPTY');
  });
  it('does not depend on the order of the levels', () => {
    const level = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }));
    fc.assert(
      fc.property(fc.array(level, { minLength: 2, maxLength: 5 }), (levels) => {
        const report = (rows: readonly (readonly [number, number])[]) =>
          differentialExclusion(
            levelTable(rows.flat()),
            rows.map(([kept, excluded]) => kept + excluded),
            true,
          ).difference;
        expect(report(levels.toReversed()).value).toBe(report(levels).value);
      }),
    );
  });
});

describe('kept against excluded', () => {
  const cells = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 6, maxLength: 6 });
  it('cannot move the release by more than the share excluded', () => {
    fc.assert(
      fc.property(cells, (counts) => {
        const { totalVariation, exclusionShare: share } = keptVersusExcluded(
          levelTable(counts),
          true,
          random(),
        );
        fc.pre(totalVariation.value !== null && share.value !== null);
        expect(totalVariation.value!).toBeLessThanOrEqual(share.value! + 1e-12);
      }),
    );
  });
  it('of many levels excluded at random is not shown to differ, though the plain difference is large', () => {
    const draw = seeded(31);
    const buckets = Array.from({ length: 50 }, () => new Array<number>(80).fill(0));
    for (let image = 0; image < 4000; image += 1) {
      const cell = 2 * Math.floor(draw() * 40) + (draw() < 0.07 ? 1 : 0);
      buckets[image % 50]![cell]! += 1;
    }
    const { standardizedDifference: found } = keptVersusExcluded(clustered(buckets, 4000), true, random());
    expect(found.value).toBeGreaterThan(0.25);
    expect(found.interval!.lower).toBeLessThan(0.1);
    expect(found.interval!.upper).toBeGreaterThan(found.value!);
  });
  it('is corrected by the more the more images of one unit resemble each other, and not at all by large numbers', () => {
    const [kept, excluded] = [
      [60, 40, 50],
      [10, 20, 30],
    ];
    const corrected = (times: number, designEffect: number) =>
      correctedStandardizedDifference(
        kept!.map((count) => times * count),
        excluded!.map((count) => times * count),
        designEffect,
      ).value!;
    expect(corrected(1, 3)).toBeLessThan(corrected(1, 1));
    expect(corrected(1, 1)).toBeLessThan(standardizedDifference(kept!, excluded!).value!);
    expect(corrected(1e6, 1)).toBeCloseTo(standardizedDifference(kept!, excluded!).value!, 5);
    expect(correctedStandardizedDifference([5, 5], [6, 4], 1).value).toBe(0);
    expect(correctedStandardizedDifference([0, 0], [6, 4], 1)).toMatchObject({
      value: null,
      status: 'EMPTY',
    });
  });
  it('has effects that doubling the counts leaves alone, and a corrected V that it does not', () => {
    const counts = [30, 10, 20, 20, 25, 5];
    const [once, twice] = [counts, counts.map((n) => 2 * n)].map((n) =>
      keptVersusExcluded(levelTable(n), true, random()),
    );
    expectClose(twice!.standardizedDifference.value, once!.standardizedDifference.value!, 1e-12);
    expectClose(twice!.totalVariation.value, once!.totalVariation.value!, 1e-12);
    expect(twice!.association.value).toBeGreaterThan(once!.association.value!);
  });
  it('of nothing excluded is 0, of everything excluded EMPTY', () => {
    const none = keptVersusExcluded(levelTable([30, 0, 20, 0]), true, random());
    for (const estimate of Object.values(none)) expect(estimate).toMatchObject({ status: 'OK', value: 0 });
    const untracked = keptVersusExcluded(levelTable([30, 0, 20, 0]), false, random());
    for (const estimate of Object.values(untracked)) expect(estimate.reason).toBe('UNTRACKED');
    const all = keptVersusExcluded(levelTable([0, 30, 0, 20]), true, random());
    expect(all.standardizedDifference).toMatchObject({ status: 'EMPTY', value: null });
    expect(all.exclusionShare).toMatchObject({ status: 'EMPTY', value: null });
  });
});

describe('worst-case bounds', () => {
  it('hold whatever the labels of the excluded are', () => {
    const n = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), n, n, n, (one, other, ofOne, ofOther) => {
        const [bounds] = worstCaseBounds([one, other], ofOne + ofOther, 0);
        const truth = (one + ofOne) / (one + other + ofOne + ofOther);
        expect(bounds!.interval!.lower).toBeLessThanOrEqual(truth + 1e-12);
        expect(bounds!.interval!.upper).toBeGreaterThanOrEqual(truth - 1e-12);
      }),
    );
  });
  it('of a release without images are EMPTY', () => {
    expect(worstCaseBounds([0, 0], 10, 10)[0]).toMatchObject({
      status: 'EMPTY',
      reason: 'EVERYTHING_EXCLUDED',
    });
  });
});

describe('verification bias', () => {
  it('corrects nothing where every result was verified', () => {
    const { naive, corrected } = verificationBias(plainTable([30, 5, 10, 55, 0, 0]));
    expectClose(corrected.sensitivity.value, naive.sensitivity.value!, 1e-12);
    expectClose(corrected.specificity.value, naive.specificity.value!, 1e-12);
  });
  it('needs a verified image with each result, and a case', () => {
    expect(verificationBias(plainTable([3, 1, 0, 0, 5, 90])).corrected.sensitivity).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'RESULT_NEVER_VERIFIED',
    });
    expect(verificationBias(plainTable([0, 1, 0, 4, 5, 90])).corrected.sensitivity.status).toBe('UNDEFINED');
  });
  it('has an interval from the jackknife over units', () => {
    const buckets = Array.from({ length: 30 }, (_, b) => [4 + (b % 2), 1, 1, 3, 2, b % 5]);
    const { interval } = verificationBias(bucketed(buckets, 60)).corrected.sensitivity;
    expect(interval!.lower).toBeGreaterThan(0.5);
  });
});

describe('who excludes for what', () => {
  it('lists the reasons that one person alone gave', () => {
    const table = { rows: 3, columns: 2, ...plainTable([8, 0, 5, 6, 0, 12]) };
    const { soleReasons, association } = exclusionOperators(table, random());
    expect(soleReasons).toEqual([
      { reason: 2, operator: 1, imageCount: 12 },
      { reason: 0, operator: 0, imageCount: 8 },
    ]);
    expect(association.value).toBeGreaterThan(0.5);
  });
  it('says nothing of one person alone', () => {
    const { soleReasons, association } = exclusionOperators(
      { rows: 2, columns: 2, ...plainTable([8, 0, 5, 0]) },
      random(),
    );
    expect(soleReasons).toEqual([]);
    expect(association).toMatchObject({ status: 'NOT_APPLICABLE', reason: 'SINGLE_LEVEL' });
  });
});

describe('whatever the table, no NaN and no Infinity leaves', () => {
  const count = fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.nat(9) },
    { weight: 1, arbitrary: fc.constantFrom(1e-300, 0.5, 1e6, 1e15, 1e200) },
  );
  const table = fc
    .tuple(
      fc.array(fc.array(count, { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 30 }),
      fc.nat(80),
    )
    .map(([buckets, units]) => clustered(buckets, units));
  it('the reports of attrition', () => {
    fc.assert(
      fc.property(table, fc.boolean(), (cells, tracked) => {
        expectHonest(keptVersusExcluded(cells, tracked, random()));
        expectHonest(differentialExclusion(cells, [cells.unitCount, 40, 3], tracked));
        expectHonest(verificationBias(cells));
        expectHonest(exclusionOperators(cells, random()));
        expectHonest(worstCaseBounds(cells.total, 7, cells.unitCount));
        const four = cells.buckets.map((bucket) => bucket.slice(0, 4));
        expectHonest(oddsRatio(bucketed(four, cells.unitCount)));
      }),
    );
  });
});
