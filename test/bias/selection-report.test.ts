import { describe, expect, it } from 'vitest';
import type { TargetPopulation } from '../../src/bias/target/target-population.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle } from '../statistics/oracle.ts';
import { type Given, images, reportOn, subjectsOf } from './subjects-fixture.ts';

const targetOf = (factor: string, shares: Readonly<Record<string, string>>): TargetPopulation => ({
  datasetId: 'd',
  name: 'field',
  source: 'census',
  dated: '2024',
  shares: Object.entries(shares).map(([level, share]) => ({ factor, level, share })),
  strata: [],
});

function report(
  subjects: readonly Given[],
  {
    target = null,
    personal = false,
    classes = ['a', 'b'],
  }: { target?: TargetPopulation | null; personal?: boolean; classes?: string[] } = {},
) {
  const columns = subjectsOf(subjects, { factors: ['stage', 'site'], declared: ['site'], classes });
  return reportOn('SELECTION', columns, { target, targetNames: target ? [target.name] : [], personal });
}

const cardOf = (made: ReturnType<typeof report>, kind: string) =>
  made.cards.find((card) => card.kind === kind)!;

describe('The selection report', () => {
  it('without a declared target is GREY on coverage, never GREEN, and still shows the shares', () => {
    const made = report(images('stage', { early: 60, late: 40 }));
    const card = cardOf(made, 'TARGET_COVERAGE');
    expect(card).toMatchObject({ colour: 'GREY', certainty: 'UNRESOLVED' });
    expect(card.caveats.map(({ code }) => code)).toContain('NO_TARGET_DECLARED');
    const [early] = made.factors[0]!.levels;
    expect(early).toMatchObject({ level: 'early', targetShare: null, verdict: null });
    expect(early!.share.value).toBe(0.6);
    expect(early!.representationRatio).toMatchObject({ value: null, reason: 'NO_TARGET_DECLARED' });
  });

  it('is GREEN on coverage when every level is shown to stand near its share', () => {
    const made = report(images('stage', { early: 1000, late: 1000 }), {
      target: targetOf('stage', { early: '0.5', late: '0.5' }),
    });
    expect(cardOf(made, 'TARGET_COVERAGE')).toMatchObject({ colour: 'GREEN', certainty: 'CONFIRMED' });
  });

  it('names the worst level with its ratio and interval, its source and date', () => {
    const made = report(images('stage', { early: 900, late: 100 }), {
      target: targetOf('stage', { early: '0.5', late: '0.5' }),
    });
    const card = cardOf(made, 'TARGET_COVERAGE');
    expect(card.colour).toBe('RED');
    expect(card.sentence).toMatch(
      /stage "late" stands at 0\.2 \[.*\] of its share\. Target "field": census, 2024\./,
    );
    expect(card.threshold.limits).toHaveLength(2);
  });

  it('compares the images of known level with the target and lists the others apart', () => {
    const missing = images('site', { north: 100 });
    const made = report([...images('stage', { early: 50, late: 50 }), ...missing], {
      target: targetOf('stage', { early: '0.5', late: '0.5' }),
    });
    const levels = made.factors.find(({ name }) => name === 'stage')!.levels;
    expect(levels.map(({ level, kind }) => [level, kind])).toEqual([
      ['early', 'LEVEL'],
      ['late', 'LEVEL'],
      ['(missing)', 'MISSING'],
    ]);
    expect(levels[0]!.representationRatio.value).toBe(1);
    expect(levels[2]!.share.value).toBe(0.5);
  });

  it('keeps a level of the target that nobody has, and pools small levels that are not in it', () => {
    const made = report(images('stage', { early: 100, odd: 2, strange: 1 }), {
      target: targetOf('stage', { early: '0.9', never: '0.1' }),
    });
    const stage = made.factors[0]!;
    expect(stage.levels.map(({ level }) => level)).toEqual(['early', 'never', '(other)']);
    expect(stage.levels[1]!.representationRatio.value).toBe(0);
    expect(stage.outsideTarget).toBe(true);
    expect(stage.levels[2]!.representationRatio.reason).toBe('OUT_OF_TARGET');
  });

  it('says so when the target speaks of a factor that was never recorded', () => {
    const made = report(images('stage', { early: 100 }), { target: targetOf('weather', { rain: '1' }) });
    const card = cardOf(made, 'TARGET_COVERAGE');
    expect(card.colour).toBe('GREY');
    expect(card.caveats.map(({ code }) => code)).toContain('TARGET_NOT_RECORDED');
  });

  it('counts classes in images and in units', () => {
    const subjects = Array.from({ length: 400 }, (_, index) => ({
      unit: `plant ${index % 100}`,
      labels: [index % 100 < 75 ? 'a' : 'b'],
      values: {},
    }));
    const { classBalance } = report(subjects);
    expect(classBalance.classes.map(({ images, units }) => [images.value, units.value])).toEqual([
      [300, 75],
      [100, 25],
    ]);
    expect(classBalance.byImages.imbalanceRatio.value).toBeCloseTo(3, 12);
  });

  it('makes a class of fewer than 37 units AMBER at least', () => {
    const subjects = [...images('stage', { early: 200 }, 'a'), ...images('stage', { early: 36 }, 'b')];
    expect(report(subjects).classBalance.verdict.colour).toBe('AMBER');
    const enough = [...subjects, ...images('stage', { early: 10 }, 'b')];
    expect(report(enough).classBalance.verdict.colour).toBe('GREEN');
  });

  it('gives an empty declared class as the reason why there is no ratio', () => {
    const { classBalance } = report(images('stage', { early: 100 }, 'a'));
    expect(classBalance.byImages.imbalanceRatio).toMatchObject({ value: null, reason: 'EMPTY_CLASS' });
  });

  it('makes a missing share one step worse where its absence goes with the label', () => {
    const known = images('stage', { early: 500 }, 'a').map((subject) => ({ ...subject, labels: ['a'] }));
    const gone = Array.from({ length: 60 }, () => ({ unit: null, labels: ['b'], values: {} }));
    const some = images('stage', { early: 440 }, 'b');
    const stage = report([...known, ...gone, ...some]).missing.find(({ name }) => name === 'stage')!;
    expect(stage.share.value).toBe(0.06);
    expect(stage.labelDependence!.interval!.lower).toBeGreaterThan(0.1);
    expect(stage.verdict.colour).toBe('RED');
  });

  it('holds an undeclared field that no image has for no field, and a declared one for missing', () => {
    const made = report(Array.from({ length: 40 }, () => ({ unit: null, labels: ['a'], values: {} })));
    expect(made.missing.map(({ name, share }) => [name, share.value])).toEqual([['site', 1]]);
  });

  it('of a personal dataset hides counts of 1 to 4, one count more, and what would give them away', () => {
    const made = report(images('stage', { early: 30, late: 20, odd: 3 }), {
      personal: true,
      target: targetOf('stage', { early: '0.5', late: '0.4', odd: '0.1' }),
    });
    const levels = made.factors[0]!.levels;
    expect(levels.map(({ images: shown }) => shown.value)).toEqual([30, null, null]);
    for (const { images: shown, share, representationRatio, weight } of levels.slice(1)) {
      expect([shown.status, share.status, representationRatio.status]).toEqual(Array(3).fill('SUPPRESSED'));
      expect(weight).toBeNull();
    }
  });

  it('of no image at all is EMPTY and GREY', () => {
    const made = report([]);
    expect(made.colour).toBe('GREY');
    expect(made.classBalance.byImages.evenness.status).toBe('EMPTY');
  });

  it('carries the version of the formulas', () => {
    expect(report(images('stage', { early: 3 })).specificationVersion).toBe('holotype-statistics/1');
  });

  it.skipIf(!hasOracles)(`agrees with the five strata of the oracle${ORACLES_ABSENT}`, () => {
    const { input, expected, tolerance } = oracle('01_selection', 'target_five_strata');
    const names: string[] = input.n.map((_: number, index: number) => `s${index}`);
    const subjects = images('stage', Object.fromEntries(names.map((name, index) => [name, input.n[index]])));
    const target = targetOf(
      'stage',
      Object.fromEntries(names.map((name, index) => [name, String(input.pi[index])])),
    );
    const [stage] = report(subjects, { target }).factors;
    names.forEach((name, index) => {
      const level = stage!.levels.find((row) => row.level === name)!;
      expectClose(level.representationRatio.value, expected.rep_ratio[index], tolerance);
      expectClose(level.standardizedDifference.value, expected.smd_per_stratum[index], tolerance);
      expectClose(level.representationRatio.interval!.lower, expected.rep_ratio_ci[index][0], tolerance);
      expectClose(level.representationRatio.interval!.upper, expected.rep_ratio_ci[index][1], tolerance);
    });
    expectClose(stage!.cohenW.value, expected.gof.w, tolerance);
    expectClose(stage!.totalVariation.value, expected.TV, tolerance);
    expectClose(stage!.jensenShannonDivergence.value, expected.JSD_bits, tolerance);
    expectClose(stage!.standardizedDifference.value, expected.smd_multi, tolerance);
    expectClose(stage!.populationStabilityIndex.value, expected.PSI_smoothed, tolerance);
    expectClose(stage!.test!.chiSquare, expected.gof.X2, tolerance);
  });
});
