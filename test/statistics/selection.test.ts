import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquareStatistics } from '../../src/statistics/chi-square-statistics.ts';
import { chiSquareUpperTail } from '../../src/statistics/chi-square-upper-tail.ts';
import { classImbalance } from '../../src/statistics/class-imbalance.ts';
import { cohenW } from '../../src/statistics/cohen-w.ts';
import { colour } from '../../src/statistics/colour.ts';
import { factorCoverage } from '../../src/statistics/factor-coverage.ts';
import { goodnessOfFit } from '../../src/statistics/goodness-of-fit.ts';
import { jensenShannonDivergence } from '../../src/statistics/jensen-shannon-divergence.ts';
import { missingMetadata } from '../../src/statistics/missing-metadata.ts';
import { populationStabilityIndex } from '../../src/statistics/population-stability-index.ts';
import { populationStabilityNull } from '../../src/statistics/population-stability-null.ts';
import { postStratification } from '../../src/statistics/post-stratification.ts';
import { representationRatio } from '../../src/statistics/representation-ratio.ts';
import { representationVerdict } from '../../src/statistics/representation-verdict.ts';
import { standardizedDifference } from '../../src/statistics/standardized-difference.ts';
import { standardizedShareDifference } from '../../src/statistics/standardized-share-difference.ts';
import { THRESHOLDS } from '../../src/statistics/thresholds.ts';
import { totalVariation } from '../../src/statistics/total-variation.ts';
import { bucketed, expectClose, hasOracles, ORACLES_ABSENT, oracle, plainTable, seeded } from './oracle.ts';

const random = () => seeded(7);

describe.skipIf(!hasOracles)(`selection against published and reference values${ORACLES_ABSENT}`, () => {
  it.each(['mendel_dihybrid', 'crossbills'])('chi-square, G and w of fit: %s', (id) => {
    const { input, expected, tolerance } = oracle('01_selection', id);
    const table = plainTable(input.n);
    const { chiSquare, likelihoodRatio, degreesOfFreedom } = goodnessOfFit(table, input.pi, random());
    expectClose(chiSquare!, expected.X2, tolerance);
    expectClose(likelihoodRatio!, expected.G, tolerance);
    expect(degreesOfFreedom).toBe(expected.df);
    expectClose(chiSquareUpperTail(chiSquare!, degreesOfFreedom), expected.p_X2, tolerance);
    expectClose(chiSquareUpperTail(likelihoodRatio!, degreesOfFreedom), expected.p_G, tolerance);
    expectClose(cohenW(chiSquare!, expected.N).value, expected.w, tolerance);
  });
  it('TV, JSD and PSI of (.5, .5) and (.25, .75)', () => {
    const { input, expected, tolerance } = oracle('01_selection', 'divergence_analytic');
    expectClose(totalVariation(input.p, input.q).value, expected.TV, tolerance);
    const bits = jensenShannonDivergence(input.p, input.q).value!;
    expectClose(bits, expected.JSD_bits, tolerance);
    expectClose(Math.sqrt(bits), expected.JS_distance, tolerance);
    const many = input.p.map((share: number) => share * 1e15);
    expectClose(populationStabilityIndex(many, input.q).value, expected.PSI, tolerance);
  });
  it('the whole card of one factor with five strata', () => {
    const { input, expected, tolerance } = oracle('01_selection', 'target_five_strata');
    const target = { shares: input.pi, sourceCount: null };
    const card = factorCoverage(plainTable(input.n), target, random());
    card.levels.forEach((level, s) => {
      expectClose(level.representationRatio.value, expected.rep_ratio[s], tolerance);
      expectClose(level.representationRatio.interval?.lower, expected.rep_ratio_ci[s][0], tolerance);
      expectClose(level.representationRatio.interval?.upper, expected.rep_ratio_ci[s][1], tolerance);
      expectClose(level.standardizedDifference.value, expected.smd_per_stratum[s], tolerance);
    });
    expectClose(card.test?.chiSquare, expected.gof.X2, tolerance);
    expectClose(card.test?.likelihoodRatio, expected.gof.G, tolerance);
    expectClose(card.cohenW.value, expected.gof.w, tolerance);
    expectClose(card.totalVariation.value, expected.TV, tolerance);
    expectClose(card.jensenShannonDivergence.value, expected.JSD_bits, tolerance);
    expectClose(card.populationStabilityIndex.value, expected.PSI_smoothed, tolerance);
    expectClose(card.standardizedDifference.value, expected.smd_multi, tolerance);
    expect(card.efficiency).toMatchObject({ value: null, reason: 'EMPTY_STRATUM' });
    expectClose(populationStabilityNull(5, 1000, null), expected.psi_null_95, tolerance);
  });
  it('the rule of three bounds an empty stratum by the number of units', () => {
    const { expected, tolerance } = oracle('01_selection', 'target_five_strata');
    const clustered = { ...plainTable([0, 2000]), unitCount: 1000 };
    const { interval, value } = representationRatio(clustered, 0.05);
    expect(value).toBe(0);
    expectClose(interval!.upper * 0.05, expected.zero_stratum_upper95, tolerance);
  });
  it('the null point of PSI', () => {
    const { input, expected, tolerance } = oracle('01_selection', 'psi_null');
    input.cases.forEach(([strata, n, m]: [number, number, number | null], i: number) => {
      expectClose(populationStabilityNull(strata, n, m), expected.q95[i], tolerance);
    });
  });
  it('post-stratification weights and efficiency', () => {
    const { input, expected, tolerance } = oracle('01_selection', 'poststrat_efficiency');
    const { weights, efficiency } = postStratification(input.p, input.pi);
    weights.forEach((weight, s) => {
      expectClose(weight, expected.weights[s], tolerance);
    });
    expectClose(efficiency.value, expected.efficiency, tolerance);
  });
  it('the multinomial standardized difference of three levels', () => {
    const { input, expected, tolerance } = oracle('04_attrition', 'smd_three_levels');
    const [first, second] = Object.values(input) as [number[], number[]];
    const wanted = typeof expected === 'number' ? expected : (Object.values(expected)[0] as number);
    expectClose(standardizedDifference(first, second).value, wanted, tolerance);
  });
  it.each(['imbalance_five', 'imbalance_uniform'])('class imbalance: %s', (id) => {
    const { input, expected, tolerance } = oracle('01_selection', id);
    const figures = classImbalance(plainTable(input.n));
    expectClose(figures.evenness.value, expected.evenness, tolerance);
    expectClose(figures.effectiveClasses.value, expected.hill1, tolerance);
    expectClose(figures.effectiveClassesOfOrderTwo.value, expected.hill2, tolerance);
    expectClose(figures.giniSimpson.value, expected.gini_simpson, tolerance);
    expectClose(figures.imbalanceRatio.value, expected.IR, tolerance);
    expectClose(figures.minorityShare.value, expected.minority_share, tolerance);
    expect(figures.observedClasses).toBe(expected.K_observed);
    figures.effectiveSamples.forEach((n, c) => {
      expectClose(n, expected.cui_effective_n[c], tolerance);
    });
  });
});

const counts = fc.array(fc.nat(500), { minLength: 3, maxLength: 3 });
const sample = fc
  .array(counts, { minLength: 12, maxLength: 30 })
  .map((buckets) => bucketed(buckets, buckets.length));

describe('a factor without a declared target', () => {
  it('has counts and shares, and no comparison', () => {
    const card = factorCoverage(
      bucketed(
        Array.from({ length: 12 }, () => [2, 1]),
        12,
      ),
      null,
      random(),
    );
    expect(card.levels[0]!.share.value).toBeCloseTo(2 / 3, 12);
    expect(card.levels[0]!.representationRatio).toMatchObject({ value: null, reason: 'NO_TARGET_DECLARED' });
    expect(card.totalVariation).toMatchObject({ status: 'NOT_APPLICABLE', reason: 'NO_TARGET_DECLARED' });
    expect(card.test).toBeNull();
  });
});

describe('a factor against a target', () => {
  it('refuses shares that are no distribution, naming the rule', () => {
    const card = (shares: number[]) => () =>
      factorCoverage(plainTable([5, 5]), { shares, sourceCount: null }, random());
    expect(card([0.5, 0.4])).toThrow(/must sum to 1/);
    expect(card([0.5, 0.3, 0.2])).toThrow(/3 shares for 2 levels/);
    expect(card([1.5, -0.5])).toThrow(/within 0 and 1/);
  });
  it('calls a level outside the target OUT_OF_TARGET', () => {
    const card = factorCoverage(plainTable([90, 10]), { shares: [1, 0], sourceCount: null }, random());
    expect(card.levels[1]!.representationRatio).toMatchObject({ value: null, reason: 'OUT_OF_TARGET' });
    expect(card.test).toMatchObject({ degreesOfFreedom: 0, p: null });
  });
  it('of no image is EMPTY', () => {
    const card = factorCoverage(plainTable([0, 0]), { shares: [0.5, 0.5], sourceCount: null }, random());
    expect(card.totalVariation).toMatchObject({ status: 'EMPTY', value: null });
    expect(card.levels[0]!.share).toMatchObject({ status: 'EMPTY', value: null });
  });
  it('shows effects that neither relabelling nor doubling the counts changes', () => {
    const pi = [0.2, 0.3, 0.5];
    fc.assert(
      fc.property(sample, (table) => {
        fc.pre(table.imageCount > 0);
        const effects = (counts: readonly number[], target: readonly number[]) =>
          [totalVariation, jensenShannonDivergence, standardizedDifference].map(
            (f) => f(counts, target).value,
          );
        const base = effects(table.total, pi);
        const doubled = effects(
          table.total.map((n) => 2 * n),
          pi,
        );
        const relabelled = effects([...table.total].reverse(), [...pi].reverse());
        base.forEach((value, i) => {
          expect(doubled[i]).toBeCloseTo(value!, 9);
          expect(relabelled[i]).toBeCloseTo(value!, 9);
        });
      }),
    );
  });
  it('is at distance 0 from itself', () => {
    fc.assert(
      fc.property(counts, (n) => {
        fc.pre(n.some((count) => count > 0));
        expect(totalVariation(n, n).value).toBe(0);
        expect(jensenShannonDivergence(n, n).value).toBe(0);
        expect(standardizedDifference(n, n).value).toBe(0);
      }),
    );
  });
  it('of two levels has the standardized difference of one share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }), (a, b) => {
        const whole = standardizedDifference([a, 100 - a], [b, 100 - b]).value!;
        expect(whole).toBeCloseTo(Math.abs(standardizedShareDifference(a / 100, b / 100).value!), 9);
      }),
    );
  });
  it('takes p from drawn tables where an expected count is below 5, the same for the same stream', () => {
    const table = bucketed(
      Array.from({ length: 12 }, (_, b) => [1, b % 2, b === 0 ? 1 : 0]),
      12,
    );
    const one = goodnessOfFit(table, [0.6, 0.38, 0.02], seeded(3));
    expect(one.pMethod).toMatch(/Monte Carlo/);
    expect(one.p).toBe(goodnessOfFit(table, [0.6, 0.38, 0.02], seeded(3)).p);
    const { chiSquare } = chiSquareStatistics(
      table.total,
      [0.6, 0.38, 0.02].map((s) => s * table.imageCount),
    );
    expect(Math.abs(one.p! - chiSquareUpperTail(chiSquare / one.designEffect!, 2))).toBeLessThan(0.15);
  });
});

describe.skipIf(!hasOracles)(`the answers required in place of NaN${ORACLES_ABSENT}`, () => {
  const required = (when: string) =>
    oracle('99_degenerate', 'rules').expected.find((rule: { when: string }) => rule.when === when).expect;
  const pi = { shares: [0.5, 0.5], sourceCount: null };
  it('no image', () => {
    const { totalVariation, cohenW, levels } = factorCoverage(plainTable([0, 0]), pi, random());
    for (const figure of [totalVariation, cohenW, levels[0]!.share])
      expect(figure).toMatchObject(required('no image'));
    expect(classImbalance(plainTable([0, 0])).evenness).toMatchObject(required('no image'));
  });
  it('fewer than ten units', () => {
    const { status, severity } = required('n_units < 10');
    const few = bucketed(
      Array.from({ length: 9 }, () => [3, 1]),
      9,
    );
    const { totalVariation: tv } = factorCoverage(few, pi, random());
    expect(tv).toMatchObject({ status, value: 0.25, interval: null });
    expect(colour(tv, THRESHOLDS.cohenW.bands).colour).toBe(severity);
  });
  it('one class, one stratum', () => {
    const wanted = required('one class / one stratum');
    const whole = { shares: [1], sourceCount: null };
    expect(classImbalance(plainTable([40])).effectiveClasses).toMatchObject(wanted);
    expect(factorCoverage(plainTable([40]), whole, random()).cohenW).toMatchObject(wanted);
  });
  it('images where the target has none', () => {
    const { reason, severity } = required('target share pi=0 but n>0');
    const outside = { shares: [1, 0], sourceCount: null };
    const ratio = factorCoverage(plainTable([90, 10]), outside, random()).levels[1]!.representationRatio;
    expect(ratio).toMatchObject({ value: null, reason });
    expect(representationVerdict(ratio, 0, THRESHOLDS.representationRatio.bands)?.colour).toBe(severity);
  });
});

describe('class imbalance', () => {
  it('of one declared class is NOT_APPLICABLE', () => {
    expect(classImbalance(plainTable([40])).evenness).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'SINGLE_LEVEL',
    });
  });
  it('has no ratio where a declared class is empty', () => {
    const figures = classImbalance(plainTable([40, 0]));
    expect(figures.imbalanceRatio).toMatchObject({ value: null, reason: 'EMPTY_CLASS' });
    expect(figures.evenness.value).toBe(0);
  });
});

describe('missing metadata', () => {
  it('that depends on another field is told from missingness that does not, with q over all pairs', () => {
    const buckets = Array.from({ length: 40 }, (_, b) => (b % 2 === 0 ? [9, 1, 1, 9] : [8, 2, 2, 8]));
    const even = Array.from({ length: 40 }, () => [5, 5, 5, 5]);
    const table = (cells: number[][]) => ({ rows: 2, columns: 2, ...bucketed(cells, 40) });
    const missing = bucketed(
      buckets.map(([a, b]) => [a! + b!, 20]),
      40,
    );
    const [report] = missingMetadata(
      [
        {
          name: 'operator',
          missing,
          against: [
            { name: 'site', table: table(buckets) },
            { name: 'view', table: table(even) },
          ],
        },
      ],
      random(),
    );
    expect(report!.share.value).toBeCloseTo(0.5, 12);
    const [site, view] = report!.dependsOn.map(({ association }) => association);
    expect(site!.interval!.lower).toBeGreaterThan(0.1);
    expect(site!.q).toBeLessThan(0.05);
    expect(view!.value).toBe(0);
    expect(view!.q).toBeGreaterThan(0.05);
  });
});
