import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxBias } from '../../src/statistics/box-bias.ts';
import { colour } from '../../src/statistics/colour.ts';
import { itemsBySize } from '../../src/statistics/items-by-size.ts';
import { leaveOneOutMeans } from '../../src/statistics/leave-one-out-means.ts';
import { marginalShiftTest } from '../../src/statistics/marginal-shift-test.ts';
import { priorShift } from '../../src/statistics/prior-shift.ts';
import { raterBiases } from '../../src/statistics/rater-biases.ts';
import { raterByFactor } from '../../src/statistics/rater-by-factor.ts';
import { raterMajorityTables } from '../../src/statistics/rater-majority-tables.ts';
import { raterSeverities } from '../../src/statistics/rater-severities.ts';
import { raterTables } from '../../src/statistics/rater-tables.ts';
import { ratersByFactor } from '../../src/statistics/raters-by-factor.ts';
import { selfConsistency } from '../../src/statistics/self-consistency.ts';
import { severity } from '../../src/statistics/severity.ts';
import { sizeBias } from '../../src/statistics/size-bias.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle, seeded } from './oracle.ts';
import { ratedColumns } from './rated-items.ts';
import { unitsOf } from './units-of.ts';

const separate = (count: number) => unitsOf(Array.from({ length: count }, (_, index) => index));

/** Items that three raters label alike, but the first says 1 on every fourth of class 0. */
const leaning = (items: number) =>
  ratedColumns(
    Array.from({ length: items }, (_, item) => {
      const label = item % 2;
      return [item % 8 === 0 ? 1 : label, label, label];
    }),
    { classCount: 2, bucketCount: Math.min(50, items) },
  );

describe("a rater's use of the classes", () => {
  it('is set against that of the others on the same items', () => {
    const columns = leaning(80);
    const tables = raterTables(columns, itemsBySize(columns), { most: 9, enough: 30 });
    const { classes, totalVariation, jensenShannon } = priorShift(
      tables.find(({ rater }) => rater === 0)!.table,
    );
    expect(classes[0]!.value).toBeCloseTo(Math.log2(30.5 / 40.5), 12);
    expect(classes[1]!.value).toBeCloseTo(Math.log2(50.5 / 40.5), 12);
    expect(totalVariation).toMatchObject({ status: 'OK', value: 0.125 });
    expect(totalVariation.interval!.lower).toBeGreaterThan(0);
    expect(jensenShannon.value).toBeGreaterThan(0);
  });
  it('is shown without interval or test on fewer than 30 shared items', () => {
    const [bias] = raterBiases(leaning(24));
    expect(bias).toMatchObject({ rater: 0, sharedItems: 24, test: null, q: null });
    expect(bias!.priorShift.totalVariation).toMatchObject({
      status: 'INSUFFICIENT',
      reason: 'FEWER_THAN_30_SHARED_ITEMS',
      interval: null,
    });
    expect(bias!.priorShift.totalVariation.value).toBeTypeOf('number');
  });
  it('is tested over all raters, and the one who leans is found', () => {
    const biases = raterBiases(leaning(160));
    expect(biases.map(({ rater }) => rater)).toEqual([0, 1, 2]);
    expect(biases[0]!.q).toBeLessThan(0.001);
    expect(biases[0]!.q! / biases[0]!.test!.p!).toBeGreaterThanOrEqual(1);
  });
  it('counts no item whose others tie, and none that nobody else saw', () => {
    const [table] = raterMajorityTables(
      ratedColumns(
        [
          [0, 1, 1],
          [0, 0, 1],
          [1, null, null],
          [1, 0, null],
          [0, 1, 1, 2, 2],
        ],
        { classCount: 3 },
      ),
      [0],
    );
    expect(table!.total).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 0]);
    expect(table).toMatchObject({ imageCount: 2, unitCount: 2 });
  });
  it('is not judged by copies: items alike within a unit do not make the test surer', () => {
    const cells = [10, 14, 4, 22];
    const single = Array.from({ length: 50 }, (_, item) => {
      const cell = [0, 10, 24, 28, 50].findIndex((upTo) => item < upTo) - 1;
      return cells.map((_, at) => (at === cell ? 1 : 0));
    });
    const tableOf = (times: number) => ({
      buckets: single.map((bucket) => bucket.map((count) => count * times)),
      total: cells.map((count) => count * times),
      imageCount: 50 * times,
      unitCount: 50,
    });
    const [once, tenTimes] = [marginalShiftTest(tableOf(1)), marginalShiftTest(tableOf(10))];
    expect(once.designEffect).toBeCloseTo(1, 1);
    expect(tenTimes.designEffect! / once.designEffect!).toBeCloseTo(10, 0);
    expect(tenTimes.p).toBeCloseTo(once.p!, 2);
  });
});

describe.skipIf(!hasOracles)(`the eyes of Stuart 1955${ORACLES_ABSENT}`, () => {
  it('differ, by the published statistic of Bhapkar', () => {
    const { input, expected, tolerance } = oracle('06_agreement', 'vision_marginal_homogeneity');
    const total: number[] = input.table.flat();
    const imageCount = total.reduce((sum, count) => sum + count, 0);
    const { statistic } = marginalShiftTest({ total, buckets: [total], imageCount, unitCount: imageCount });
    expectClose(statistic.value, expected.bhapkar.stat, tolerance);
  });
});

describe('a severe rater', () => {
  const others = Float64Array.from({ length: 60 }, (_, item) => item % 6);
  it('gives values higher by so much, and by so many standard deviations of the items', () => {
    const own = others.map((value, item) => value + (item % 2));
    const { meanDifference, standardized } = severity(separate(60), own, others);
    expect(meanDifference.value).toBeCloseTo(0.5, 12);
    expect(standardized.value).toBeCloseTo(0.5 / Math.sqrt((17.5 * 10) / 59), 12);
    expect(meanDifference.interval!.lower).toBeGreaterThan(0);
  });
  it('is not told from few items, nor from items that are all alike, nor from none', () => {
    const few = severity(separate(12), others.subarray(0, 12), others.subarray(0, 12));
    expect(few.meanDifference).toMatchObject({ value: 0, status: 'INSUFFICIENT', interval: null });
    const flat = severity(separate(40), new Float64Array(40), new Float64Array(40));
    expect(flat.standardized).toMatchObject({ status: 'UNDEFINED', reason: 'CONSTANT_REFERENCE' });
    const alone = severity(separate(3), new Float64Array(3), new Float64Array(3).fill(Number.NaN));
    expect(alone.meanDifference).toMatchObject({ status: 'NOT_APPLICABLE', reason: 'NO_OVERLAP' });
  });
  it('is set against the mean of the others, himself left out', () => {
    const means = leaveOneOutMeans(Int32Array.of(0, 3, 4, 6), Float64Array.of(1, 2, 6, 5, 3, Number.NaN));
    expect([...means]).toEqual([4, 3.5, 1.5, Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe('severity of all raters', () => {
  it('is told of each on the items he shares, and of nobody who shares none', () => {
    const columns = ratedColumns([
      ...Array.from({ length: 40 }, (_, item) => [item % 3, (item % 3) + 1]),
      [null, null, 2],
    ]);
    const found = raterSeverities(columns, Float64Array.from(columns.classOf));
    expect(found.map(({ rater, sharedItems }) => [rater, sharedItems])).toEqual([
      [0, 40],
      [1, 40],
    ]);
    expect(found.map(({ severity: own }) => own.meanDifference.value)).toEqual([-1, 1]);
  });
});

describe.skipIf(!hasOracles)(`the required answer on fewer than ten units${ORACLES_ABSENT}`, () => {
  it('is a value without interval, and GREY', () => {
    const {
      status,
      ci,
      severity: shown,
    } = oracle('99_degenerate', 'rules').expected.find(
      ({ when }: { when: string }) => when === 'n_units < 10',
    ).expect;
    const units = unitsOf(Array.from({ length: 60 }, (_, item) => item % 9));
    const values = Float64Array.from({ length: 60 }, (_, item) => 1 + (item % 7));
    const figures = [
      sizeBias(units, values, new Float64Array(60).fill(3)),
      severity(
        units,
        values,
        values.map((value, item) => value - (item % 2)),
      ).standardized,
    ];
    for (const figure of figures) {
      expect(figure).toMatchObject({ status, interval: ci });
      expect(figure.value).toBeTypeOf('number');
      expect(colour(figure, { worse: 'ABOVE', amber: 0.05, red: 0.15 }).colour).toBe(shown);
    }
  });
});

describe('a rater who draws', () => {
  const consensus = Float64Array.from({ length: 160 }, (_, at) => [10 + at, 20, 40, 20][at % 4]!);
  it('larger and further to the right is found so, in box widths', () => {
    const own = consensus.map((value, at) => value + [0, 0, 8, 0][at % 4]!);
    const { area, right, down } = boxBias(separate(40), own, consensus);
    expect(area.value).toBeCloseTo(Math.log(1.2), 12);
    expect(right.value).toBeCloseTo(0.1, 12);
    expect(down.value).toBe(0);
    expect(area.status).toBe('OK');
  });
  it('an empty mask has no ratio', () => {
    const sizes = Float64Array.from({ length: 40 }, (_, at) => (at < 5 ? 0 : 7));
    expect(sizeBias(separate(40), sizes, new Float64Array(40).fill(7))).toMatchObject({
      value: 0,
      imageCount: 35,
    });
    expect(sizeBias(separate(0), new Float64Array(), new Float64Array())).toMatchObject({ status: 'EMPTY' });
  });
});

describe('a rater by site', () => {
  it('is worse on one of them', () => {
    const site = { codes: Int16Array.from({ length: 200 }, (_, item) => item % 4), levels: 4 };
    const agrees = Int16Array.from({ length: 200 }, (_, item) => (item % 4 === 2 && item % 8 === 2 ? 0 : 1));
    const { v, levels } = raterByFactor(separate(200), agrees, site, seeded(1));
    expect(levels[2]).toEqual({ items: 50, disagreeing: 25 });
    expect(levels[0]).toEqual({ items: 50, disagreeing: 0 });
    expect(v.corrected.value).toBeGreaterThan(0.5);
    expect(v.corrected.interval!.lower).toBeGreaterThan(0.3);
    expect(v.corrected.p).toBeLessThan(0.01);
  });
  it('is GREY on fewer than 30 items', () => {
    const site = { codes: Int16Array.from({ length: 20 }, (_, item) => item % 2), levels: 2 };
    const agrees = Int16Array.from({ length: 20 }, (_, item) => (item % 3 ? 1 : 0));
    const { v } = raterByFactor(separate(20), agrees, site, seeded(1));
    expect(v.corrected).toMatchObject({ status: 'INSUFFICIENT', p: null, interval: null });
  });
});

describe('raters by site', () => {
  it('are each set against the majority of the others, q over all of them', () => {
    const items = Array.from({ length: 240 }, (_, item) => {
      const label = item % 3;
      const isWorse = item % 4 === 1 && item % 8 === 1;
      return [isWorse ? (label + 1) % 3 : label, label, item % 11 === 0 ? (label + 2) % 3 : label, label];
    });
    const columns = ratedColumns(items, { classCount: 3, bucketCount: 50 });
    const site = { codes: Int16Array.from(items, (_, item) => item % 4), levels: 4 };
    const [first, ...others] = ratersByFactor(columns, site, seeded(1));
    expect(first).toMatchObject({
      rater: 0,
      sharedItems: 240,
      levels: [{}, { items: 60, disagreeing: 30 }, {}, {}],
    });
    expect(first!.v.corrected.q).toBeLessThan(0.01);
    expect(others.map(({ rater }) => rater)).toEqual([1, 2, 3]);
    for (const { v } of others) expect(v.corrected.q ?? 1).toBeGreaterThan(0.05);
  });
});

describe('self-consistency', () => {
  const looks = (count: number, hours = 48) => {
    const first = Int16Array.from({ length: count }, (_, pair) => pair % 2);
    const second = first.map((label, pair) => (pair % 10 === 0 ? 1 - label : label));
    return {
      units: separate(count),
      hoursApart: new Float64Array(count).fill(hours),
      classes: { first, second, count: 2 },
      values: { first: Float64Array.from(first), second: Float64Array.from(second) },
      dice: new Float64Array(count).fill(0.8),
    };
  };
  it('is the agreement of two looks at the same items', () => {
    const { repeats, percentAgreement, kappa, ac1, intraclass, dice } = selfConsistency(looks(60));
    expect(repeats).toBe(60);
    expect(percentAgreement.value).toBeCloseTo(0.9, 12);
    expect(kappa.value).toBeCloseTo((0.9 - 0.5) / 0.5, 1);
    expect(ac1.value).toBeCloseTo(0.8, 1);
    expect(intraclass.value).toBeCloseTo(0.8, 1);
    expect(dice.value).toBeCloseTo(0.8, 12);
  });
  it('is not told from looks of the same day', () => {
    const { repeats, percentAgreement, kappa } = selfConsistency(looks(60, 23));
    expect(repeats).toBe(0);
    for (const figure of [percentAgreement, kappa])
      expect(figure).toMatchObject({ status: 'NOT_APPLICABLE', reason: 'NO_REPEATS', value: null });
  });
  it('is GREY from fewer than 30 repeats', () => {
    const found = selfConsistency(looks(20));
    for (const figure of [found.percentAgreement, found.kappa, found.ac1, found.intraclass, found.dice]) {
      expect(figure).toMatchObject({ status: 'INSUFFICIENT', interval: null });
      expect(figure.value).toBeTypeOf('number');
    }
  });
});

it('answers with finite figures or reasons, whatever raters say', () => {
  const item = fc.array(fc.option(fc.nat(2)), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 40 }), (items) => {
      for (const { priorShift: shift, q, test } of raterBiases(ratedColumns(items, { classCount: 3 }))) {
        for (const figure of [...shift.classes, shift.totalVariation, shift.jensenShannon])
          expect(figure.value === null ? figure.reason : Number.isFinite(figure.value)).toBeTruthy();
        expect(q === null || (q >= 0 && q <= 1)).toBe(true);
        expect(test?.p ?? 0).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 50 },
  );
});
