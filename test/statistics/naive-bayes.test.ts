import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaFromEffectSize } from '../../src/statistics/area-from-effect-size.ts';
import { areaUnderCurve } from '../../src/statistics/area-under-curve.ts';
import type { CodedVariable } from '../../src/statistics/coded-variable.ts';
import { effectSizeFromArea } from '../../src/statistics/effect-size-from-area.ts';
import { hanleyMcNeil } from '../../src/statistics/hanley-mcneil.ts';
import { leaveOneUnitOut } from '../../src/statistics/leave-one-unit-out.ts';
import { naiveBayesFolds } from '../../src/statistics/naive-bayes-folds.ts';
import { naiveBayesProbabilities } from '../../src/statistics/naive-bayes-probabilities.ts';
import { naiveBayesProbe } from '../../src/statistics/naive-bayes-probe.ts';
import { presenceProbe } from '../../src/statistics/presence-probe.ts';
import { tellingValues } from '../../src/statistics/telling-values.ts';
import { alone, coded, columns, inUnits } from './coded-images.ts';
import { expectHonest } from './expect-honest.ts';
import { bucketed, expectClose, hasOracles, ORACLES_ABSENT, oracle, seeded } from './oracle.ts';

describe.skipIf(!hasOracles)(
  `the metadata probe against scikit-learn and published values${ORACLES_ABSENT}`,
  () => {
    const { input, expected, tolerance } = hasOracles
      ? oracle('03_association', 'metadata_probe_nb')
      : { input: {}, expected: {}, tolerance: 0 };
    const attributes = hasOracles ? [coded(input.site, 3), coded(input.camera, 2)] : [];
    it('the probability of every image, by a model that has not seen its fold', () => {
      const folds = Uint8Array.from(input.fold);
      const into = new Float64Array(120);
      naiveBayesProbabilities(
        naiveBayesFolds(attributes, coded(input.label), folds),
        attributes,
        folds,
        0,
        60,
        into,
      );
      expected.prob_class1.forEach((probability: number, image: number) => {
        expectClose(into[2 * image + 1], probability, tolerance);
        expectClose(into[2 * image], 1 - probability, tolerance);
      });
    });
    it('area, accuracy and skill', () => {
      const units = inUnits(input.group);
      const foldOf = new Uint8Array(units.unitCount);
      input.group.forEach((unit: number, image: number) => {
        foldOf[unit] = input.fold[image];
      });
      const probe = naiveBayesProbe(attributes, coded(input.label), units, foldOf);
      expectClose(probe.pooled.areas[1]!.value, expected.auc, tolerance);
      expectClose(probe.pooled.macroArea.value, expected.auc, tolerance);
      expectClose(probe.accuracy.value, expected.accuracy, tolerance);
      expectClose(probe.skill.value, expected.skill, tolerance);
      expect(probe.pooled.areas[1]!.interval).not.toBeNull();
    });
    it('the area of who knows the hospital alone', () => {
      const { input, expected, tolerance } = oracle('03_association', 'zech_2018_site_only');
      const positives = input.n.map((n: number, site: number) => n * input.prevalence[site]).reverse();
      const negatives = input.n.map((n: number, site: number) => n * (1 - input.prevalence[site])).reverse();
      expectClose(areaUnderCurve([{ positives, negatives }]).value, expected.auc_from_margins, tolerance);
    });
    it('the radiologist of Hanley and McNeil', () => {
      const { input, expected, tolerance } = oracle('05_split', 'hanley_mcneil_1982');
      const area = areaUnderCurve([{ positives: input.abnormal, negatives: input.normal }]).value!;
      expectClose(area, expected.auc, tolerance);
      expectClose(hanleyMcNeil(area, 51, 58).standardError.value, expected.se, tolerance);
    });
    it('area and effect size, both ways', () => {
      const { input, expected, tolerance } = oracle('05_split', 'auc_to_d');
      input.auc.forEach((area: number, index: number) => {
        expectClose(effectSizeFromArea(area).value, expected.d[index], tolerance);
        expectClose(areaFromEffectSize(expected.d[index]), area, tolerance);
      });
    });
  },
);

/** Units of four images; the attribute says the class of its unit as often as `strength`. */
function clustered(units: number, classes: number, strength: number, seed: number) {
  const random = seeded(seed);
  const draw = (levels: number) => Math.floor(random() * levels);
  const unitOf = Array.from({ length: units * 4 }, (_, image) => Math.floor(image / 4));
  const own = Array.from({ length: units }, () => draw(classes));
  return {
    label: coded(
      unitOf.map((unit) => own[unit]!),
      classes,
    ),
    attribute: coded(
      unitOf.map((unit) => (random() < strength ? own[unit]! : draw(classes))),
      classes,
    ),
    other: coded(
      unitOf.map(() => draw(3)),
      3,
    ),
    units: inUnits(unitOf),
    foldOf: Uint8Array.from({ length: units }, (_, unit) => Math.floor(unit / 50) % 5),
  };
}

describe('the metadata probe', () => {
  it('guesses a class that the metadata tell, and its interval holds the area', () => {
    const { label, attribute, other, units, foldOf } = clustered(500, 4, 0.6, 3);
    const probe = naiveBayesProbe([attribute, other], label, units, foldOf);
    expect(probe.withinFolds.macroArea.value!).toBeGreaterThan(0.75);
    expect(probe.withinFolds.macroArea.interval!.lower).toBeGreaterThan(0.7);
    expect(probe.withinFolds.classesInMean).toBe(4);
    expect(probe.accuracy.interval!.lower).toBeGreaterThan(probe.baseline.value!);
    expect(probe.skill.interval!.lower).toBeGreaterThan(0);
    const mean = probe.withinFolds.areas.reduce((total, { value }) => total + value!, 0) / 4;
    expect(probe.withinFolds.macroArea.value).toBeCloseTo(mean, 12);
  });
  it('finds nothing where the metadata are independent of the label', () => {
    const { label, other, units, foldOf } = clustered(1000, 3, 0, 5);
    const { withinFolds, skill } = naiveBayesProbe([other], label, units, foldOf);
    const { macroArea } = withinFolds;
    expect(Math.abs(macroArea.value! - 0.5)).toBeLessThan(0.03);
    expect(skill.value!).toBeLessThan(0.01);
  });
  it('tells a class of one in a thousand apart, which equal bins of the probability would not', () => {
    const images = 20_000;
    const label = coded(Array.from({ length: images }, (_, image) => (image % 1000 === 0 ? 1 : 0)));
    const attribute = coded(Array.from({ length: images }, (_, image) => (image % 20 === 0 ? 1 : 0)));
    const foldOf = Uint8Array.from({ length: images }, (_, image) => Math.floor(image / 1000) % 5);
    const { areas } = naiveBayesProbe([attribute], label, alone(images), foldOf).withinFolds;
    expect(areas[1]!.value).toBeCloseTo((1 + 1 - 980 / 19_980) / 2, 3);
  });
  it('does not average a class of fewer than 10 units, and says so', () => {
    const { label, attribute, units, foldOf } = clustered(300, 2, 0.7, 9);
    const rare = { codes: label.codes.map((code, image) => (image < 20 ? 2 : code)), levels: 4 };
    const { areas, macroArea, classesInMean } = naiveBayesProbe([attribute], rare, units, foldOf).withinFolds;
    expect(areas[2]).toMatchObject({
      status: 'INSUFFICIENT',
      reason: 'FEWER_THAN_10_UNITS',
      interval: null,
      unitCount: 5,
    });
    expect(areas[2]!.value).not.toBeNull();
    expect(areas[3]).toMatchObject({ status: 'NOT_APPLICABLE', reason: 'EMPTY_CLASS', value: null });
    expect(classesInMean).toBe(2);
    expect(macroArea.value).toBeCloseTo((areas[0]!.value! + areas[1]!.value!) / 2, 12);
  });
  it('has a value but no interval where no class has 10 units', () => {
    const { label, other, units } = clustered(9, 2, 0.7, 2);
    const mixed = coded([...label.codes.keys()].map((image) => image % 2));
    const foldOf = Uint8Array.from({ length: 9 }, (_, unit) => unit % 5);
    const { macroArea } = naiveBayesProbe([other], mixed, units, foldOf).withinFolds;
    expect(macroArea).toMatchObject({
      status: 'INSUFFICIENT',
      reason: 'FEWER_THAN_10_UNITS',
      interval: null,
    });
    expect(macroArea.value).not.toBeNull();
  });
  it('has no area within folds where none holds both classes', () => {
    const foldOf = Uint8Array.from({ length: 40 }, (_, unit) => Math.floor(unit / 20));
    const label = coded([...foldOf]);
    const { withinFolds, pooled } = naiveBayesProbe([label], label, alone(40), foldOf);
    expect(withinFolds.areas[1]).toMatchObject({ value: null, reason: 'NO_PAIR_WITHIN_A_STRATUM' });
    expect(withinFolds.macroArea).toMatchObject({ value: null, status: 'NOT_APPLICABLE' });
    expect(pooled.macroArea.value).not.toBeNull();
  });
  it('is not pulled below ½ by the folds, as the pooled area is', () => {
    const draws = Array.from({ length: 40 }, (_, seed) => {
      const { label, other, units, foldOf } = clustered(60, 3, 0, seed);
      const folds = foldOf.map((_, unit) => unit % 5);
      const { withinFolds, pooled } = naiveBayesProbe([other], label, units, folds);
      return [withinFolds.macroArea.value!, pooled.macroArea.value!];
    });
    const mean = (place: number) => draws.reduce((total, draw) => total + draw[place]!, 0) / draws.length;
    expect(Math.abs(mean(0) - 0.5)).toBeLessThan(0.015);
    expect(mean(1)).toBeLessThan(0.48);
  });
  it('adds nothing for an attribute that is not known', () => {
    const { label, attribute, other, units, foldOf } = clustered(200, 3, 0.5, 4);
    const unknown = coded(
      [...label.codes].map(() => -1),
      5,
    );
    const without = naiveBayesProbe([attribute, other], label, units, foldOf);
    expect(naiveBayesProbe([attribute, unknown, other], label, units, foldOf)).toEqual(without);
  });
  it('does not change when images are reordered or values renamed', () => {
    const { label, attribute, other, units, foldOf } = clustered(200, 3, 0.5, 6);
    const backwards = ({ codes, levels }: CodedVariable) => ({ codes: codes.slice().reverse(), levels });
    const renamed = { codes: attribute.codes.map((code) => 2 - code), levels: 3 };
    const reordered = { ...units, unitOf: units.unitOf.slice().reverse() };
    const base = naiveBayesProbe([attribute, other], label, units, foldOf);
    const again = naiveBayesProbe(
      [backwards(renamed), backwards(other)],
      backwards(label),
      reordered,
      foldOf,
    );
    expect(again.withinFolds.areas.map(({ value }) => value)).toEqual(
      base.withinFolds.areas.map(({ value }) => value),
    );
    expect(again.skill.value).toBeCloseTo(base.skill.value!, 9);
  });
  it('of no image is EMPTY, of one class, no attribute or one fold NOT_APPLICABLE', () => {
    const folds = Uint8Array.from([0, 1]);
    const some = coded([0, 1]);
    expect(
      naiveBayesProbe([], coded([], 2), alone(0), new Uint8Array(0)).withinFolds.macroArea,
    ).toMatchObject({
      status: 'EMPTY',
      reason: 'NO_IMAGE',
    });
    expect(naiveBayesProbe([some], coded([1, 1]), alone(2), folds).withinFolds.areas[1]).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'SINGLE_LEVEL',
    });
    expect(naiveBayesProbe([], some, alone(2), folds).accuracy.reason).toBe('NO_ATTRIBUTE');
    expect(naiveBayesProbe([some], some, alone(2), new Uint8Array(2)).skill.reason).toBe('SINGLE_FOLD');
    expect(naiveBayesProbe([some], coded([0, 1], 251), alone(2), folds).withinFolds.macroArea.reason).toBe(
      'TOO_MANY_LEVELS',
    );
  });
  it('gives nothing that is not finite, whatever the columns', () => {
    fc.assert(
      fc.property(columns, ({ first, second, label, units }) => {
        const foldOf = Uint8Array.from({ length: units.unitCount }, (_, unit) => unit % 5);
        const probe = naiveBayesProbe([first, second], label, units, foldOf);
        expectHonest(probe);
        expectHonest(leaveOneUnitOut(first, label, units));
      }),
    );
  });
});

describe('the metadata probe of images that show several classes', () => {
  const images = fc.array(
    fc.record({
      unit: fc.nat(30),
      shown: fc.subarray([0, 1, 2]),
      first: fc.integer({ min: -1, max: 3 }),
      second: fc.integer({ min: -1, max: 2 }),
    }),
    { minLength: 1, maxLength: 80 },
  );
  const columnsOf = (given: readonly { unit: number; shown: number[]; first: number; second: number }[]) => {
    const sorted = given.toSorted((a, b) => a.unit - b.unit);
    const offsets = new Int32Array(sorted.length + 1);
    sorted.forEach(({ shown }, image) => {
      offsets[image + 1] = offsets[image]! + shown.length;
    });
    const units = inUnits(sorted.map(({ unit }) => unit));
    return {
      sorted,
      units,
      attributes: [
        coded(
          sorted.map(({ first }) => first),
          4,
        ),
        coded(
          sorted.map(({ second }) => second),
          3,
        ),
      ],
      classes: { offsets, codes: Int16Array.from(sorted.flatMap(({ shown }) => shown)), levels: 3 },
      foldOf: Uint8Array.from({ length: units.unitCount }, (_, unit) => unit % 5),
    };
  };
  it('is that of every class against its absence, one by one', () => {
    const random = seeded(17);
    const given = Array.from({ length: 1500 }, (_, image) => {
      const [first, second] = [Math.floor(random() * 4), Math.floor(random() * 4) - 1];
      const shown = [0, 1, 2].filter((code) => random() < (first === code ? 0.6 : 0.2));
      return { unit: Math.floor(image / 5), shown, first, second };
    });
    const { sorted, units, attributes, classes, foldOf } = columnsOf(given);
    const together = presenceProbe(attributes, classes, units, foldOf);
    const each = [0, 1, 2].map((code) => {
      const presence = sorted.map(({ shown }) => (shown.length === 0 ? -1 : Number(shown.includes(code))));
      return naiveBayesProbe(attributes, coded(presence, 2), units, foldOf);
    });
    each.forEach(({ withinFolds, pooled }, code) => {
      expect(together.withinFolds.areas[code]!.value).toBeCloseTo(withinFolds.areas[1]!.value!, 12);
      expect(together.withinFolds.areas[code]!.interval!.lower).toBeCloseTo(
        withinFolds.areas[1]!.interval!.lower,
        12,
      );
      expect(together.withinFolds.areas[code]!.unitCount).toBe(withinFolds.areas[1]!.unitCount);
      expect(together.pooled.areas[code]!.value).toBeCloseTo(pooled.areas[1]!.value!, 12);
    });
    const mean = (of: 'accuracy' | 'baseline') =>
      each.reduce((total, probe) => total + probe[of].value! / 3, 0);
    expect(together.accuracy.value).toBeCloseTo(mean('accuracy'), 12);
    expect(together.baseline.value).toBeCloseTo(mean('baseline'), 12);
    expect(together.skill.value).toBeGreaterThan(0);
  });
  it('gives nothing that is not finite, whatever the images show', () => {
    fc.assert(
      fc.property(images, (given) => {
        const { units, attributes, classes, foldOf } = columnsOf(given);
        expectHonest(presenceProbe(attributes, classes, units, foldOf));
      }),
    );
  });
  it('of no image is EMPTY, and where every image shows the same NOT_APPLICABLE', () => {
    const none = { offsets: new Int32Array(1), codes: new Int16Array(0), levels: 2 };
    const empty = presenceProbe([coded([], 2)], none, alone(0), new Uint8Array(0));
    expect(empty.withinFolds.macroArea).toMatchObject({ status: 'EMPTY', reason: 'NO_IMAGE' });
    const same = { offsets: Int32Array.of(0, 1, 2), codes: Int16Array.of(1, 1), levels: 2 };
    const folds = Uint8Array.of(0, 1);
    expect(presenceProbe([coded([0, 1])], same, alone(2), folds).skill).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'SINGLE_LEVEL',
    });
  });
});

describe('the area under the curve', () => {
  it('is the share of pairs won, ties half, and mirrors when the sides change', () => {
    const counts = fc.array(fc.nat(9), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(counts, counts, (positives, negatives) => {
        const area = areaUnderCurve([{ positives, negatives }]).value;
        fc.pre(area !== null);
        let won = 0;
        let pairs = 0;
        positives.forEach((p, above) => {
          negatives.forEach((n, below) => {
            pairs += p * n;
            won += p * n * (above > below ? 1 : above === below ? 0.5 : 0);
          });
        });
        expect(area).toBeCloseTo(won / pairs, 12);
        expect(areaUnderCurve([{ positives: negatives, negatives: positives }]).value).toBeCloseTo(
          1 - area,
          12,
        );
      }),
    );
  });
  it('of one side alone is NOT_APPLICABLE, of nobody EMPTY', () => {
    expect(areaUnderCurve([{ positives: [1], negatives: [0] }])).toMatchObject({
      value: null,
      status: 'NOT_APPLICABLE',
      reason: 'EMPTY_CLASS',
    });
    expect(areaUnderCurve([{ positives: [0], negatives: [0] }])).toMatchObject({
      value: null,
      status: 'EMPTY',
    });
    expect(hanleyMcNeil(0.8, 0, 5)).toMatchObject({
      standardError: { status: 'NOT_APPLICABLE' },
      interval: null,
    });
  });
  it('stands for no effect at ½ and for none that is finite at 0 and 1', () => {
    expect(areaFromEffectSize(0)).toBe(0.5);
    expect(effectSizeFromArea(1)).toMatchObject({ value: null, status: 'UNDEFINED', reason: 'UNBOUNDED' });
  });
  it('has an interval of Hanley and McNeil within 0 and 1', () => {
    expect(hanleyMcNeil(0.99, 5, 5).interval!.upper).toBe(1);
    expect(hanleyMcNeil(1, 5, 5).standardError.value).toBe(0);
  });
});

describe('telling values', () => {
  const table = (buckets: number[][], columns: number) => ({
    rows: 2,
    columns,
    ...bucketed(buckets, buckets.length),
  });
  const even = table(
    Array.from({ length: 20 }, () => [4, 4, 4, 4]),
    2,
  );
  const leaning = table(
    Array.from({ length: 20 }, () => [8, 1, 1, 2, 4, 4]),
    3,
  );
  it('are the values of the largest log-odds times support, none where nothing leans', () => {
    const values = tellingValues([even, leaning]);
    expect(values.map(({ attribute, value }) => [attribute, value])).toEqual([
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    expect(values[0]!.support).toBe(200);
    expect(values[0]!.logOdds.value).toBeCloseTo(Math.log(41 / 203) - Math.log(161 / 203), 12);
    expect(values[0]!.logOdds.interval!.upper).toBeLessThan(0);
  });
  it('are ten at most', () => {
    expect(tellingValues(Array.from({ length: 6 }, () => leaning))).toHaveLength(10);
  });
});
