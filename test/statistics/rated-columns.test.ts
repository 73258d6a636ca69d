import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementTables } from '../../src/statistics/agreement-tables.ts';
import { agreementWeights } from '../../src/statistics/agreement-weights.ts';
import { alphaWithoutEach } from '../../src/statistics/alpha-without-each.ts';
import { categoryCells } from '../../src/statistics/category-cells.ts';
import { categoryTables } from '../../src/statistics/category-tables.ts';
import { coincidenceTable } from '../../src/statistics/coincidence-table.ts';
import { itemsBySize } from '../../src/statistics/items-by-size.ts';
import { krippendorffAlpha } from '../../src/statistics/krippendorff-alpha.ts';
import { pairClasses } from '../../src/statistics/pair-classes.ts';
import { raterPairs } from '../../src/statistics/rater-pairs.ts';
import { raterTables } from '../../src/statistics/rater-tables.ts';
import { countedColumns, ratedColumns } from './rated-items.ts';

type Items = (number | null)[][];

const rating = fc.option(fc.integer({ min: 0, max: 4 }), { nil: null });
const study = fc.array(fc.array(rating, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 15 });
const basis = { imageCount: 1, unitCount: 1 };

function close(made: readonly number[], expected: readonly number[]) {
  expect(made.length).toBe(expected.length);
  made.forEach((value, cell) => {
    expect(value).toBeCloseTo(expected[cell]!, 9);
  });
}

function coincidencesOf(items: Items): readonly number[] {
  const rated = items.map((item, index) => ({
    unit: `${index}`,
    bucket: index,
    ratings: item.filter((label) => label !== null),
  }));
  return agreementTables(rated, 5).coincidences.total;
}

const alphaOf = (total: readonly number[]) =>
  krippendorffAlpha({ total, buckets: [], ...basis }, [0, 1, 2, 3, 4], 'nominal').value;

describe('Rated columns', () => {
  it('give the coincidences of the items one by one, of named raters and of counts alike', () => {
    fc.assert(
      fc.property(study, (items) => {
        for (const columns of [ratedColumns(items), countedColumns(items)]) {
          const table = coincidenceTable(columns, itemsBySize(columns), basis);
          close(table.total, coincidencesOf(items));
          expect(table.buckets.length).toBe(columns.bucketCount);
        }
      }),
    );
  });

  it('give the category cells of the items one by one', () => {
    fc.assert(
      fc.property(study, (items) => {
        const columns = ratedColumns(items);
        const made = categoryTables(columns, itemsBySize(columns), basis);
        for (const weighting of ['UNWEIGHTED', 'QUADRATIC'] as const) {
          const weights = agreementWeights(5, weighting);
          const total = new Array<number>(8).fill(0);
          for (const item of items) {
            const counts = [0, 1, 2, 3, 4].map((c) => item.filter((label) => label === c).length);
            categoryCells(counts, weights).forEach((cell, index) => {
              total[index] = total[index]! + cell;
            });
          }
          close(made[weighting === 'UNWEIGHTED' ? 'unweighted' : 'quadratic'].total, total);
        }
      }),
    );
  });

  it('give the same bits in whatever order the items come', () => {
    fc.assert(
      fc.property(study, (items) => {
        const tables = [items, items.toReversed()].map((given) => {
          const columns = ratedColumns(given, { bucketCount: 1 });
          const sizes = itemsBySize(columns);
          return [
            coincidenceTable(columns, sizes, basis).total,
            categoryTables(columns, sizes, basis).unweighted.total,
            alphaWithoutEach(columns, sizes),
            raterTables(columns, sizes, { most: 9, enough: 2 }).map(({ rater, table }) => [
              rater,
              table.total,
            ]),
          ];
        });
        expect(tables[0]).toEqual(tables[1]);
      }),
    );
  });

  it('give α without each annotator as if that one had never been asked', () => {
    fc.assert(
      fc.property(study, (items) => {
        const columns = ratedColumns(items);
        const made = alphaWithoutEach(columns, itemsBySize(columns))!;
        const paired = [0, 1, 2, 3].filter((rater) =>
          items.some((item) => item[rater] !== null && item.filter((label) => label !== null).length > 1),
        );
        expect(made.length).toBe(paired.length);
        paired.forEach((rater, index) => {
          const left = items.map((item) => item.map((label, other) => (other === rater ? null : label)));
          const expected = alphaOf(coincidencesOf(left));
          if (expected === null) expect(made[index]).toBeNull();
          else expect(made[index]).toBeCloseTo(expected, 9);
        });
      }),
    );
  });

  it('list raters of many items first, the one who agrees least at the head', () => {
    const items: Items = [
      ...Array.from({ length: 6 }, (_, i) => [i % 2, i % 2, i % 3 ? i % 2 : 4, null]),
      [1, null, null, 0],
    ];
    const columns = ratedColumns(items);
    const made = raterTables(columns, itemsBySize(columns), { most: 9, enough: 3 });
    expect(made.map(({ rater }) => rater)).toEqual([2, 0, 1, 3]);
    expect(made[0]!.table.total.slice(0, 2)).toEqual([4, 6]);
    expect(made[0]!.table.total.slice(2)).toEqual([2, 2, 0, 0, 2, 3, 3, 0, 0, 0]);
    expect(made[3]!.table).toMatchObject({ imageCount: 1, unitCount: 1 });
  });

  it('pair the raters who share enough items', () => {
    const items: Items = Array.from({ length: 8 }, (_, i) => [i % 2, i < 6 ? 1 : null, i < 2 ? 0 : null]);
    const columns = ratedColumns(items);
    const made = raterPairs(columns, { most: 2, enough: 2 });
    expect(made.map(({ first, second, imageCount }) => [first, second, imageCount])).toEqual([
      [0, 1, 6],
      [0, 2, 2],
    ]);
    const table = pairClasses(columns, made[0]!);
    expect(table.total).toEqual([3, 3, 3, 3, 3, 0, 0, 0, 0, 6, 0, 0, 0]);
    expect(raterPairs(columns, { most: 9, enough: 7 })).toEqual([]);
  });
});
