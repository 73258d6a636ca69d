import { describe, expect, it } from 'vitest';
import { periodMeans } from '../../src/statistics/period-means.ts';
import { periods, UNKNOWN_DAY } from '../../src/statistics/periods.ts';
import { stretches } from '../../src/statistics/stretches.ts';
import { coded, unitsOf } from './measured-rows.ts';

describe('periods', () => {
  it('are the days of a group, in order, whatever the order of the images', () => {
    const { periodOf, groupOf, startOf, lengthOf } = periods(
      Int32Array.of(12, -5, 12, UNKNOWN_DAY, 10, 10),
      coded(['b', 'b', 'a', 'a', 'b', null]),
    );
    expect([...groupOf]).toEqual([0, 0, 0, 1]);
    expect([...startOf]).toEqual([-5, 10, 12, 12]);
    expect([...periodOf]).toEqual([2, 0, 3, -1, 1, -1]);
    expect([...lengthOf]).toEqual([1, 1]);
  });
  it('are weeks from Monday for a group with images on more than 2000 days', () => {
    const days = Int32Array.from({ length: 2002 }, (_, day) => day);
    const groups = coded(Array.from(days, (_, image) => (image < 2001 ? 'long' : 'short')));
    const { groupOf, startOf, lengthOf } = periods(days, groups);
    expect([...lengthOf]).toEqual([7, 1]);
    expect([...startOf.subarray(0, 3)]).toEqual([-3, 4, 11]);
    expect(new Date(4 * 86_400_000).getUTCDay()).toBe(1);
    expect(groupOf.filter((group) => group === 0).length).toBe(287);
  });
});

describe('period means', () => {
  it('are those of the known values, with the scatter inside a period', () => {
    const table = periods(Int32Array.of(1, 1, 2, 2, 9, 3), coded(['a', 'a', 'a', 'a', 'b', 'a']));
    const values = Float64Array.of(1, 3, 10, 14, 5, Number.NaN);
    const [a, b] = periodMeans(values, table, unitsOf([0, 1, 0, 0, 2, 3]));
    expect(a).toEqual({
      group: 0,
      length: 1,
      starts: Int32Array.of(1, 2),
      means: Float64Array.of(2, 12),
      withinDeviation: Math.sqrt((2 + 8) / 2),
      imageCount: 4,
      unitCount: 2,
    });
    expect(b).toMatchObject({ group: 1, withinDeviation: null, imageCount: 1, unitCount: 1 });
  });
  it('leave out a group without value', () => {
    const table = periods(Int32Array.of(1, 1), coded(['a', 'b']));
    const result = periodMeans(Float64Array.of(Number.NaN, 4), table, unitsOf([0, 1]));
    expect(result.map(({ group }) => group)).toEqual([1]);
  });
});

describe('a series to be drawn', () => {
  const series = {
    group: 0,
    length: 7,
    starts: Int32Array.of(0, 7, 21, 28, 35),
    means: Float64Array.of(1, 3, 5, 7, 9),
    withinDeviation: 1,
    imageCount: 10,
    unitCount: 10,
  };
  it('is its periods where they are few', () => {
    expect(stretches(series, 5).map(({ mean }) => mean)).toEqual([1, 3, 5, 7, 9]);
  });
  it('takes neighbours together where they are many, and loses none', () => {
    expect(stretches(series, 3)).toEqual([
      { firstDay: 0, lastDay: 13, mean: 2 },
      { firstDay: 21, lastDay: 34, mean: 6 },
      { firstDay: 35, lastDay: 41, mean: 9 },
    ]);
  });
});
