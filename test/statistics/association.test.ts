import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '../../src/statistics/benjamini-hochberg.ts';
import { chiSquareUpperTail } from '../../src/statistics/chi-square-upper-tail.ts';
import { cramersV } from '../../src/statistics/cramers-v.ts';
import { factorAssociation } from '../../src/statistics/factor-association.ts';
import { habermanResiduals } from '../../src/statistics/haberman-residuals.ts';
import { independenceTest } from '../../src/statistics/independence-test.ts';
import { mutualInformation } from '../../src/statistics/mutual-information.ts';
import { pairAssociation } from '../../src/statistics/pair-association.ts';
import { tellingPairs } from '../../src/statistics/telling-pairs.ts';
import { type AttributeTable, testedPairs } from '../../src/statistics/tested-pairs.ts';
import { bucketed, expectClose, hasOracles, ORACLES_ABSENT, oracle, plainTable, seeded } from './oracle.ts';

const plain = (table: number[][]) => ({
  rows: table.length,
  columns: table[0]!.length,
  ...plainTable(table.flat()),
});

function pair(table: number[][], row: number, column: number) {
  const all = table.flat().reduce((a, b) => a + b, 0);
  const rowSum = table[row]!.reduce((a, b) => a + b, 0);
  const columnSum = table.reduce((a, cells) => a + cells[column]!, 0);
  return pairAssociation(plainTable([table[row]![column]!, rowSum, columnSum, all], all), 1);
}

describe.skipIf(!hasOracles)(`association against published values and R${ORACLES_ABSENT}`, () => {
  it.each(['arthritis', 'goodman_kruskal_1954'])('all measures of one table: %s', (id) => {
    const { input, expected, tolerance } = oracle('03_association', id);
    const table = plain(input.table);
    const {
      test,
      corrected,
      plain: v,
      w,
      millerMadow,
      normalized,
      theilU,
    } = factorAssociation(table, seeded(1));
    expectClose(test.chiSquare!, expected.X2, tolerance);
    expectClose(test.likelihoodRatio, expected.G, tolerance);
    expect(test.degreesOfFreedom).toBe(expected.df);
    const tail = chiSquareUpperTail(test.chiSquare!, test.degreesOfFreedom);
    expect(Math.abs(tail / expected.p_X2 - 1)).toBeLessThanOrEqual(tolerance);
    expectClose(v.value, expected.V, tolerance);
    expectClose(corrected.value, expected.V_bc, tolerance);
    expectClose(w.value, expected.w, tolerance);
    expectClose(millerMadow.value, expected.MI_miller_madow, tolerance);
    expectClose(normalized.value, expected.NMI_sqrt, tolerance);
    expectClose(theilU.value, expected.U_row_given_col, tolerance);
  });
  it('lift, its interval and NPMI of every cell', () => {
    const { input, expected, tolerance } = oracle('03_association', 'npmi_lift');
    input.table.forEach((cells: number[], row: number) => {
      cells.forEach((_, column) => {
        const { lift, npmi } = pair(input.table, row, column);
        expectClose(lift.value, expected.lift[row][column], tolerance);
        expectClose(lift.interval?.lower, expected.lift_ci[row][column][0], tolerance);
        expectClose(lift.interval?.upper, expected.lift_ci[row][column][1], tolerance);
        expectClose(npmi.value, expected.npmi[row][column], tolerance);
      });
    });
  });
  it('NPMI is 1 always together, −1 never, 0 independent', () => {
    const { input, expected, tolerance } = oracle('03_association', 'npmi_limits');
    input.tables.forEach((table: number[][], t: number) => {
      for (const cell of [0, 1, 2, 3]) {
        const [row, column] = [cell >> 1, cell & 1];
        expectClose(pair(table, row, column).npmi.value, expected.npmi[t][row][column], tolerance);
      }
    });
  });
});

const cells = fc.array(fc.nat(30), { minLength: 6, maxLength: 6 });
const clustered = fc
  .array(cells, { minLength: 12, maxLength: 20 })
  .map((buckets) => ({ rows: 2, columns: 3, ...bucketed(buckets, buckets.length) }));

describe('association', () => {
  it('is 0 in every measure where class and value are independent', () => {
    const margin = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(margin, margin, (rows, columns) => {
        const table = rows.map((r) => columns.map((c) => r * c));
        const { corrected, plain: v } = cramersV(plain(table));
        expect(corrected.value).toBe(0);
        expect(v.value).toBeCloseTo(0, 7);
        const information = mutualInformation(plain(table));
        expect(information.millerMadow.value).toBe(0);
        expect(information.theilU.value).toBeCloseTo(0, 12);
        expect(pair(table, 0, 0).npmi.value).toBeCloseTo(0, 12);
        expect(pair(table, 0, 0).lift.value).toBeCloseTo(1, 12);
      }),
    );
  });
  it('does not change when levels are renamed, nor V and Theil U when all counts double', () => {
    fc.assert(
      fc.property(clustered, (table) => {
        const flip = (vector: readonly number[]) => [...vector].reverse();
        const renamed = { ...table, total: flip(table.total), buckets: table.buckets.map(flip) };
        const twice = (vector: readonly number[]) => vector.map((n) => 2 * n);
        const doubled = { ...table, total: twice(table.total), buckets: table.buckets.map(twice) };
        const base = cramersV(table);
        fc.pre(base.corrected.value !== null);
        expect(cramersV(renamed).corrected.value).toBeCloseTo(base.corrected.value!, 9);
        expect(cramersV(renamed).corrected.interval?.upper).toBeCloseTo(base.corrected.interval!.upper, 7);
        expect(cramersV(doubled).plain.value).toBeCloseTo(base.plain.value!, 9);
        const theilU = mutualInformation(table).theilU.value;
        fc.pre(theilU !== null);
        expect(mutualInformation(doubled).theilU.value).toBeCloseTo(theilU!, 9);
      }),
    );
  });
  it('keeps the corrected V below the plain one and both within their interval', () => {
    fc.assert(
      fc.property(clustered, (table) => {
        const { corrected, plain: v } = cramersV(table);
        fc.pre(corrected.interval !== null && v.value !== null);
        expect(corrected.value!).toBeLessThanOrEqual(v.value! + 1e-12);
        expect(corrected.interval!.lower).toBeLessThanOrEqual(corrected.value! + 1e-12);
        expect(corrected.interval!.upper).toBeGreaterThanOrEqual(v.value! - 1e-12);
      }),
    );
  });
  it('removes empty rows and columns', () => {
    const full = cramersV(
      plain([
        [29, 7, 7],
        [13, 7, 21],
      ]),
    );
    const padded = cramersV(
      plain([
        [29, 0, 7, 7],
        [0, 0, 0, 0],
        [13, 0, 7, 21],
      ]),
    );
    expect(padded.corrected.value).toBe(full.corrected.value);
  });
  it('of one class or one value is NOT_APPLICABLE, of no image EMPTY', () => {
    expect(cramersV(plain([[3, 4]])).corrected).toMatchObject({
      status: 'NOT_APPLICABLE',
      reason: 'SINGLE_LEVEL',
    });
    expect(
      cramersV(
        plain([
          [0, 0],
          [0, 0],
        ]),
      ).corrected,
    ).toMatchObject({ status: 'EMPTY', value: null });
    expect(mutualInformation(plain([[3, 4]])).theilU).toMatchObject({
      status: 'UNDEFINED',
      reason: 'NO_VARIATION',
    });
  });
  it('has no p-value where the design effect cannot be had', () => {
    const few = {
      rows: 2,
      columns: 2,
      ...bucketed(
        Array.from({ length: 9 }, () => [9, 1, 1, 9]),
        9,
      ),
    };
    const test = independenceTest(few, seeded(1));
    expect(test).toMatchObject({ p: null, designEffect: null });
    expect(habermanResiduals(few, test.designEffect).every(({ p }) => p === null)).toBe(true);
  });
  it('takes p from drawn tables where an expected count is below 5', () => {
    const table = {
      rows: 2,
      columns: 2,
      ...bucketed(
        Array.from({ length: 12 }, (_, b) => [b % 2, 0, 1, b === 0 ? 1 : 0]),
        12,
      ),
    };
    const test = independenceTest(table, seeded(5));
    expect(test.pMethod).toMatch(/Monte Carlo/);
    expect(test.p).toBe(independenceTest(table, seeded(5)).p);
  });
});

function pairsOf(attribute: AttributeTable) {
  const tested = testedPairs([attribute]);
  return tellingPairs([attribute], tested, benjaminiHochberg(tested.map(({ p }) => p)));
}

describe('telling pairs', () => {
  const buckets = Array.from({ length: 40 }, (_, b) => (b % 2 === 0 ? [6, 1, 2, 5] : [5, 2, 1, 6]));
  const table = { rows: 2, columns: 2, ...bucketed(buckets, 40) };
  const { designEffect } = independenceTest(table, seeded(1));
  it('are significant after correction, strongest first, with intervals at the false-coverage level', () => {
    const pairs = pairsOf({ table, designEffect, rows: [0, 1] });
    expect(pairs).toHaveLength(4);
    expect(pairs.every(({ lift }) => lift.q! <= 0.05)).toBe(true);
    const strengths = pairs.map(({ npmi }) => Math.abs(npmi.value!));
    expect(strengths).toEqual([...strengths].sort((a, b) => b - a));
    expect(pairs[0]!.lift.interval!.level).toBeCloseTo(0.95, 12);
    expect(pairs[0]!.lift.interval!.method).toMatch(/jackknife/);
  });
  it('are none where nothing is associated or too few units are expected', () => {
    const even = {
      rows: 2,
      columns: 2,
      ...bucketed(
        Array.from({ length: 40 }, () => [4, 4, 4, 4]),
        40,
      ),
    };
    expect(pairsOf({ table: even, designEffect: 1, rows: [0, 1] })).toEqual([]);
    expect(pairsOf({ table: { ...table, unitCount: 15 }, designEffect, rows: [0, 1] })).toEqual([]);
    expect(pairsOf({ table, designEffect: null, rows: [0, 1] })).toEqual([]);
  });
  it('are of the rows asked for alone, and the absence of a class is none of them', () => {
    const pairs = pairsOf({ table, designEffect, rows: [1] });
    expect(pairs.map(({ row }) => row)).toEqual([1, 1]);
    expect(pairs[0]!.sums.total).toEqual([pairs[0]!.count, ...pairs[0]!.sums.total.slice(1)]);
  });
  it('of an empty cell are −1 at the BOUNDARY, their lift bounded all the same', () => {
    const never = {
      ...bucketed(
        Array.from({ length: 20 }, () => [0, 5, 5, 10]),
        20,
      ),
      imageCount: 200,
    };
    const { lift, npmi } = pairAssociation(never, 2);
    expect(npmi).toMatchObject({ value: -1, status: 'BOUNDARY', reason: 'EMPTY_CELL' });
    expect(lift.value).toBe(0);
    expect(lift.interval!.upper).toBeGreaterThan(0);
  });
});
