import { describe, expect, it } from 'vitest';
import { analysisOfVariance } from '../../src/statistics/analysis-of-variance.ts';
import { brownForsythe } from '../../src/statistics/brown-forsythe.ts';
import { factorEffect } from '../../src/statistics/factor-effect.ts';
import { momentTable } from '../../src/statistics/moment-table.ts';
import { unitMoments } from '../../src/statistics/unit-moments.ts';
import { coded, momentsOf, separateUnits, unitsOf } from './measured-rows.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle, seeded } from './oracle.ts';

describe.skipIf(!hasOracles)(`the effect of a factor against R${ORACLES_ABSENT}`, () => {
  const { input, expected, tolerance } = hasOracles
    ? oracle('02_measurement', 'plantgrowth')
    : { input: null, expected: null, tolerance: 0 };
  it('Brown–Forsythe agrees with car::leveneTest', () => {
    const { fStatistic } = brownForsythe(separateUnits(input.x, input.g));
    expectClose(fStatistic.value, expected.brown_forsythe.F, tolerance);
    expectClose(fStatistic.p, expected.brown_forsythe.p, tolerance);
  });
  it('columns give the same analysis of variance as the published sums', () => {
    const { factor, units } = separateUnits(input.x, input.g);
    const { location } = factorEffect(momentsOf(input.x, factor, units));
    expectClose(location.fStatistic.value, expected.F, tolerance);
    expectClose(location.fStatistic.p, expected.p, tolerance);
    expectClose(location.omegaSquared.value, expected.omega2, tolerance);
  });
});

describe('unit means', () => {
  it('are one row a unit and level, the mean of its images', () => {
    const { table, rows } = momentsOf(
      [1, 10, 3, 20, 5, Number.NaN, 7],
      coded(['a', 'b', 'a', 'b', 'b', 'a', null]),
      unitsOf([1, 0, 1, 0, 1, 0, 2]),
    );
    expect([...rows.values]).toEqual([15, 2, 5]);
    expect([...rows.factor.codes]).toEqual([1, 0, 1]);
    expect([...rows.units.unitOf]).toEqual([0, 1, 1]);
    expect(rows).toMatchObject({ imageCount: 5, unitCount: 2 });
    expect(table).toMatchObject({ total: [1, 2, 2, 20, 4, 250], imageCount: 5, unitCount: 2 });
    expect(table.buckets).toEqual([
      [0, 1, 0, 15, 0, 225],
      [1, 1, 2, 5, 4, 25],
    ]);
  });
  it('of no image are no rows', () => {
    const { table, rows } = momentsOf([], coded([]), unitsOf([]));
    expect(rows).toMatchObject({ imageCount: 0, unitCount: 0, values: new Float64Array(0) });
    expect(table).toEqual({ total: [], buckets: [], imageCount: 0, unitCount: 0 });
  });
  it('of several measures at once are those of each alone', () => {
    const [factor, units] = [coded(['a', 'b', 'a', 'a', null]), unitsOf([0, 0, 1, 2, 2])];
    const measures = [
      [1, 2, 3, 4, 5],
      [Number.NaN, 7, Number.NaN, 8, 9],
    ];
    const values = Float64Array.from([0, 1, 2, 3, 4].flatMap((image) => measures.map((own) => own[image]!)));
    const isListed = Uint8Array.of(1, 0, 1);
    const both = unitMoments({ values, measures: 2 }, factor, units, isListed);
    expect(both).toEqual(measures.map((own) => momentsOf(own, factor, units, isListed)));
    expect(both[0]!.rows.unitCount).toBe(2);
  });
});

describe('the table of moments', () => {
  it('is the sum of its buckets and knows only images with value and level', () => {
    const table = momentTable(
      unitsOf([0, 0, 1, 2]),
      Float64Array.of(5, 7, 6, Number.NaN),
      coded(['a', 'b', 'a', 'a']),
    );
    expect(table).toEqual({
      buckets: [
        [1, 1, 0, 2, 0, 4],
        [1, 0, 1, 0, 1, 0],
      ],
      total: [2, 1, 1, 2, 1, 4],
      imageCount: 3,
      unitCount: 2,
    });
  });
  it('keeps the digits of a measure far from zero', () => {
    const { values, factor, units } = separateUnits([1e9, 1e9 + 1, 1e9 + 4, 1e9 + 5], ['a', 'a', 'b', 'b']);
    const { etaSquared } = analysisOfVariance(momentTable(units, values, factor));
    expectClose(etaSquared.value, 16 / 17, 1e-12);
  });
});

describe('the effect of a factor', () => {
  const random = seeded(7);
  const level = Array.from({ length: 400 }, (_, unit) => (unit % 2 === 0 ? 'a' : 'b'));
  const noise = level.map(() => random());
  const of = (values: number[], names: string[], unitOf = values.map((_, row) => row)) =>
    factorEffect(momentsOf(values, coded(names), unitsOf(unitOf)));

  it('is not found more surely by copying every image', () => {
    const one = of(noise, level);
    const copied = of(
      [...noise, ...noise, ...noise],
      [...level, ...level, ...level],
      [...noise, ...noise, ...noise].map((_, image) => image % 400),
    );
    expect(copied.ranks.hStatistic.p).toBe(one.ranks.hStatistic.p);
    expectClose(copied.location.fStatistic.p, one.location.fStatistic.p!, 1e-12);
    expect(copied.location.omegaSquared).toMatchObject({ imageCount: 1200, unitCount: 400 });
  });
  it('flags OUTLIERS where a few extreme images hide what the ranks show', () => {
    const shifted = noise.map((value, unit) => value + (level[unit] === 'a' ? 0 : 1));
    const extreme = shifted.map((value, unit) => (unit === 0 ? 1e4 : value));
    expect(of(shifted, level).ranks.epsilonSquared.value).toBeGreaterThan(0.7);
    expect(of(extreme, level).location.omegaSquared.value).toBeLessThan(0.01);
    expect(of(extreme, level).caveats).toEqual(['OUTLIERS']);
  });
  it('on a sample of the units is close to that on all, and says on how many it rests', () => {
    const values = noise.map((value, unit) => value + (level[unit] === 'a' ? 0 : 1));
    const [factor, units] = [coded(level), unitsOf(level.map((_, unit) => unit))];
    const draw = seeded(8);
    const drawn = Uint8Array.from(level, () => (draw() < 0.5 ? 1 : 0));
    const count = drawn.reduce((total, one) => total + one, 0);
    const { location, ranks, scale } = factorEffect(momentsOf(values, factor, units, drawn));
    expect(count).toBeGreaterThan(170);
    expect(count).toBeLessThan(230);
    expect(location.omegaSquared.unitCount).toBe(400);
    expect([ranks.hStatistic.unitCount, scale.fStatistic.unitCount]).toEqual([count, count]);
    const whole = factorEffect(momentsOf(values, factor, units));
    expectClose(ranks.epsilonSquared.value, whole.ranks.epsilonSquared.value!, 0.02);
  });
  it('of the scatter is seen where the means are equal', () => {
    const wide = noise.map((value, unit) => (value - 0.5) * (level[unit] === 'a' ? 1 : 4));
    const { location, scale } = of(wide, level);
    expect(location.omegaSquared.value).toBeLessThan(0.02);
    expect(scale.omegaSquared.interval!.lower).toBeGreaterThan(0.14);
  });
});
