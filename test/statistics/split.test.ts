import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colour } from '../../src/statistics/colour.ts';
import { cramersV } from '../../src/statistics/cramers-v.ts';
import { type GroupLevels, groupLevels } from '../../src/statistics/group-levels.ts';
import { labelDistribution } from '../../src/statistics/label-distribution.ts';
import { partBalance } from '../../src/statistics/part-balance.ts';
import { randomAssignmentNull } from '../../src/statistics/random-assignment-null.ts';
import { testCases } from '../../src/statistics/test-cases.ts';
import { THRESHOLDS } from '../../src/statistics/thresholds.ts';
import { expectHonest } from './expect-honest.ts';
import { bucketed, expectClose, hasOracles, ORACLES_ABSENT, oracle, plainTable, seeded } from './oracle.ts';
import { splitsLike } from './splits-like.ts';
import { unitsOf } from './units-of.ts';

const random = () => seeded(9);
const compared = [
  { of: [2], against: [0], emptyReason: 'EMPTY_TEST' },
  { of: [1], against: [0], emptyReason: 'EMPTY_VALIDATION' },
];
const table = (cells: readonly number[]) => ({ rows: cells.length / 3, columns: 3, ...plainTable(cells) });

describe.skipIf(!hasOracles)(`the balance of a split against reference values${ORACLES_ABSENT}`, () => {
  it('label by part: V, TV, JSD and standardized difference', () => {
    const { input, expected, tolerance } = oracle('05_split', 'class_by_split');
    const labels = table(input.table.flat());
    const balance = partBalance(labels, compared, random());
    const [test, validation] = balance.comparisons;
    expectClose(balance.association.value, expected.V_bc, tolerance);
    expectClose(cramersV(labels).plain.value, expected.V, tolerance);
    expectClose(test!.totalVariation.value, expected.TV_train_test, tolerance);
    expectClose(test!.jensenShannonDivergence.value, expected.JSD_train_test, tolerance);
    expectClose(test!.standardizedDifference.value, expected.smd_train_test, tolerance);
    expectClose(validation!.totalVariation.value, expected.TV_train_val, tolerance);
  });
});

describe('the balance of a split', () => {
  it('names the levels that test cannot measure and those that train has never seen', () => {
    const balance = partBalance(table([9, 1, 0, 0, 2, 5, 4, 4, 4, 0, 0, 0]), compared, random());
    expect(balance.comparisons[0]).toMatchObject({ unmeasurable: [0], unseen: [1] });
  });
  it('of one part alone is NOT_APPLICABLE, and an empty test is called so', () => {
    const { association, comparisons } = partBalance(table([9, 0, 0, 4, 0, 0]), compared, random());
    expect(association).toMatchObject({ status: 'NOT_APPLICABLE', reason: 'SINGLE_LEVEL' });
    expect(comparisons[0]!.totalVariation).toMatchObject({
      status: 'EMPTY',
      reason: 'EMPTY_TEST',
      value: null,
    });
  });
  it('compares a fold with all others together', () => {
    const one = { of: [0], against: [1, 2], emptyReason: 'EMPTY_TEST' };
    const [fold] = partBalance(table([30, 10, 20, 10, 30, 40]), [one], random()).comparisons;
    expect(fold!.totalVariation.value).toBeCloseTo(0.75 - 0.3, 12);
  });
  it('gives every distance an interval over units', () => {
    const buckets = Array.from({ length: 40 }, (_, b) =>
      b % 4 === 0 ? [0, 0, 6, 0, 0, 2] : [4, 0, 0, 4, 0, 0],
    );
    const { standardizedDifference } = partBalance(
      { rows: 2, columns: 3, ...bucketed(buckets, 40) },
      compared,
      random(),
    ).comparisons[0]!;
    expect(standardizedDifference.interval?.method).toMatch(/jackknife/);
    expect(colour(standardizedDifference, THRESHOLDS.standardizedDifference.bands).colour).toBe('RED');
  });
});

describe('the distances of a split', () => {
  const buckets = fc.array(fc.array(fc.nat(9), { minLength: 9, maxLength: 9 }), {
    minLength: 12,
    maxLength: 30,
  });
  const of = (cells: readonly (readonly number[])[]) =>
    partBalance({ rows: 3, columns: 3, ...bucketed(cells, cells.length) }, compared, random());
  const values = ({ comparisons: [test], association }: ReturnType<typeof of>) => [
    ...[test!.totalVariation, test!.jensenShannonDivergence, test!.standardizedDifference, association].map(
      ({ value }) => value ?? -1,
    ),
  ];
  const same = (one: readonly number[], other: readonly number[]) => {
    other.forEach((value, i) => {
      expect(value).toBeCloseTo(one[i]!, 9);
    });
  };
  it('are left alone by other names of the levels and by a finer division into buckets', () => {
    fc.assert(
      fc.property(buckets, (cells) => {
        const renamed = cells.map((bucket) => [...bucket.slice(6), ...bucket.slice(0, 6)]);
        const finer = cells.flatMap((bucket) => [
          bucket.map((n) => Math.floor(n / 2)),
          bucket.map((n) => Math.ceil(n / 2)),
        ]);
        same(values(of(cells)), values(of(renamed)));
        same(values(of(cells)), values(of(finer)));
      }),
    );
  });
  it('but for the corrected V are left alone by doubling the counts', () => {
    fc.assert(
      fc.property(buckets, (cells) => {
        const doubled = of(cells.map((bucket) => bucket.map((n) => 2 * n)));
        same(values(of(cells)).slice(0, 3), values(doubled).slice(0, 3));
      }),
    );
  });
});

describe('the cases of a test set', () => {
  it('tell a score of 90 % to ±.10 from 37 units on; a class without any has none', () => {
    const [none, few, enough] = testCases(
      [0, 36, 37].map((unitCount) => ({ imageCount: 2 * unitCount, unitCount })),
    );
    expect(none).toMatchObject({ status: 'NOT_APPLICABLE', reason: 'NO_TEST_CASES', value: null });
    expect(few).toMatchObject({ status: 'INSUFFICIENT', reason: 'FEWER_THAN_37_UNITS' });
    expect(enough!.status).toBe('OK');
    expect(enough!.value).toBeLessThanOrEqual(0.1);
  });
});

describe('the label distribution of folds', () => {
  it('is 0 where every fold has the shares of the whole', () => {
    const { value, deviations } = labelDistribution(
      [
        [5, 10],
        [2, 4],
      ],
      [20, 40],
    );
    expect(value.value).toBe(0);
    expect(deviations.map((deviation) => deviation.value)).toEqual([0, 0]);
  });
  it('is the mean difference of odds: one class, shares .2 and .4 of folds alike', () => {
    const { value, deviations } = labelDistribution([[2, 4]], [10, 10]);
    const whole = 0.3 / 0.7;
    expectClose(value.value, (Math.abs(0.2 / 0.8 - whole) + Math.abs(0.4 / 0.6 - whole)) / 2, 1e-12);
    expectClose(deviations[0]!.value, Math.SQRT2 / 10, 1e-12);
  });
  it('leaves out a class that all images of a fold have, and says which', () => {
    const { value, excludedClasses } = labelDistribution(
      [
        [10, 5],
        [2, 4],
      ],
      [10, 10],
    );
    expect(excludedClasses).toEqual([0]);
    expect(value.value).toBe(labelDistribution([[2, 4]], [10, 10]).value.value);
    expect(labelDistribution([[10, 5]], [10, 10]).value).toMatchObject({ status: 'UNDEFINED', value: null });
  });
  it('of one fold is NOT_APPLICABLE, and with an empty fold EMPTY', () => {
    expect(labelDistribution([[5]], [20]).value).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'SINGLE_FOLD',
    });
    expect(labelDistribution([[5, 0]], [20, 0]).value).toMatchObject({
      status: 'EMPTY',
      reason: 'EMPTY_FOLD',
    });
  });
  it('depends on neither the order of classes nor that of folds', () => {
    const folds = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(folds, (counts) => {
        const sizes = counts.map(() => 10);
        const positives = [counts.map(([one]) => one), counts.map(([, other]) => other)];
        const turned = positives.toReversed().map((ofFolds) => ofFolds.toReversed());
        const [value, other] = [positives, turned].map((p) => labelDistribution(p, sizes).value.value);
        expect(other).toBeCloseTo(value!, 12);
      }),
    );
  });
});

const COMPARED = [{ of: [1], against: [0] }];

/** The null of the first part against the second, of splits that leave the parts as large as they are. */
function nullOf(groups: GroupLevels, observed: readonly (readonly number[])[], random: () => number) {
  return randomAssignmentNull(groups, splitsLike(groups, observed, random), observed, COMPARED)[0]!;
}

/** Groups of `size` images of one level each; the first `inTest` groups are the test part. */
function split(groupLevel: readonly number[], size: number, inTest: readonly boolean[]) {
  const unitOf = groupLevel.flatMap((_, group) => new Array<number>(size).fill(group));
  const levels = Math.max(...groupLevel) + 1;
  const variable = { codes: Int16Array.from(unitOf, (group) => groupLevel[group]!), levels };
  const observed = [false, true].map((part) =>
    Array.from(
      { length: levels },
      (_, level) =>
        size * groupLevel.filter((of, group) => of === level && (inTest[group] ?? false) === part).length,
    ),
  );
  return { groups: groupLevels(unitsOf(unitOf), variable), observed };
}

describe('the levels of a group', () => {
  it('are counted once each, and an image of unknown level not at all', () => {
    const variable = { codes: Int16Array.from([1, 0, 0, -1, 1, 1]), levels: 2 };
    expect(groupLevels(unitsOf([2, 0, 1, 2, 0, 0]), variable)).toEqual({
      starts: Int32Array.from([0, 2, 3, 4]),
      levels: Int16Array.from([0, 1, 0, 1]),
      counts: Int32Array.from([1, 2, 1, 1]),
      levelCount: 2,
    });
  });
});

describe('a split at random', () => {
  const level = Array.from({ length: 60 }, (_, group) => group % 3);
  it('is not beyond the 95th percentile of others, and a split by level is', () => {
    const draw = seeded(3);
    const order = level.map((_, group) => ({ group, key: draw() })).sort((a, b) => a.key - b.key);
    const chosen = new Set(order.slice(0, 15).map(({ group }) => group));
    const fair = split(
      level,
      4,
      level.map((_, group) => chosen.has(group)),
    );
    const unfair = split(
      level,
      4,
      level.map((of, group) => of === 0 && group < 45),
    );
    const percentile = ({ groups, observed }: typeof fair) => nullOf(groups, observed, seeded(1));
    expect(percentile(fair).percentile.value).toBeLessThan(0.95);
    expect(percentile(unfair).percentile.value).toBe(1);
    expect(percentile(unfair).p).toBeCloseTo(1 / 201, 12);
  });
  it('has total variation above 0, by more the fewer the groups', () => {
    const median = (groupCount: number, size: number) => {
      const levels = Array.from({ length: groupCount }, (_, group) => group % 2);
      const { groups, observed } = split(levels, size, []);
      const half = observed[0]!.map((images) => images / 2);
      return nullOf(groups, [half, half], seeded(1)).median.value!;
    };
    expect(median(14, 40)).toBeGreaterThan(median(480, 1));
    expect(median(480, 1)).toBeGreaterThan(0);
  });
  it('gives the same answer for the same stream, whatever the order of the rows', () => {
    const rows = level.flatMap((of, group) => [of, (of + 1) % 3].map((code) => ({ code, group })));
    const observed = [
      [30, 30, 20],
      [10, 10, 20],
    ];
    const answer = (ordered: typeof rows) =>
      nullOf(
        groupLevels(unitsOf(ordered.map(({ group }) => group)), {
          codes: Int16Array.from(ordered, ({ code }) => code),
          levels: 3,
        }),
        observed,
        seeded(4),
      );
    expect(answer(rows)).toEqual(answer(rows));
    expect(answer(rows.toReversed())).toEqual(answer(rows));
  });
  it('never has a middle above its 95th percentile', () => {
    const levels = fc.array(fc.nat(3), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(levels, fc.nat(29), (ofGroups, cut) => {
        const inTest = ofGroups.map((_, group) => group <= cut % (ofGroups.length - 1));
        const { groups, observed } = split(ofGroups, 2, inTest);
        const result = nullOf(groups, observed, random());
        expectHonest(result);
        expect(result.median.value!).toBeLessThanOrEqual(result.upper.value!);
      }),
    );
  });
  it('needs two groups and two parts with images', () => {
    const one = split([0], 5, [true]);
    expect(nullOf(one.groups, [[5], [5]], random()).percentile).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'SINGLE_GROUP',
    });
    expect(nullOf(one.groups, one.observed, random()).percentile.status).toBe('EMPTY');
  });
});

describe('whatever the split, no NaN and no Infinity leaves', () => {
  const count = fc.oneof(fc.constant(0), fc.nat(9), fc.constantFrom(1e-300, 0.5, 1e15, 1e200));
  it('the balance of parts and folds', () => {
    const buckets = fc.array(fc.array(count, { minLength: 9, maxLength: 9 }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(buckets, fc.nat(80), (cells, units) => {
        const parts = { rows: 3, columns: 3, ...bucketed(cells, units) };
        expectHonest(partBalance(parts, compared, random()));
        const sizes = [0, 1, 2].map((fold) => parts.total[fold]! + parts.total[3 + fold]!);
        expectHonest(labelDistribution([parts.total.slice(0, 3)], sizes));
      }),
    );
  });
});
