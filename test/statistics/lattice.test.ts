import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colour } from '../../src/statistics/colour.ts';
import { latticeCells } from '../../src/statistics/lattice-cells.ts';
import { FEWEST_UNITS_PER_CELL, latticeCoverage } from '../../src/statistics/lattice-coverage.ts';
import { latticeCoordinates, latticeKey } from '../../src/statistics/lattice-key.ts';
import { declaredLattice, independenceLattice } from '../../src/statistics/target-lattice.ts';
import { THRESHOLDS } from '../../src/statistics/thresholds.ts';
import { wilsonInterval } from '../../src/statistics/wilson-interval.ts';
import { unitsOf } from './units-of.ts';

const site = ['north', 'south'];
const stage = ['seed', 'leaf', 'flower'];

/** Images of one cell after the other: [site, stage, units], two images a unit. */
function dataset(cells: readonly (readonly [number, number, number])[]) {
  const rows = cells.flatMap(([one, other, units]) =>
    Array.from({ length: units }, () => [one, other]).flatMap((cell) => [cell, cell]),
  );
  const units = unitsOf(rows.map((_, row) => Math.floor(row / 2)));
  const column = (factor: 0 | 1, levels: number) => ({
    codes: Int16Array.from(rows, (row) => row[factor]!),
    levels,
  });
  return latticeCells(units, [column(0, site.length), column(1, stage.length)]);
}

const even = independenceLattice([
  [0.5, 0.5],
  [0.5, 0.3, 0.2],
]);

describe('the joint strata of a dataset', () => {
  it('count images and distinct units, and name the bucket that alone holds a cell', () => {
    const { cells, imageCount, unitCount } = dataset([
      [0, 0, 60],
      [1, 2, 1],
    ]);
    expect(cells.get(latticeKey([0, 0], [2, 3]))).toEqual({
      imageCount: 120,
      unitCount: 60,
      soleBucket: null,
    });
    expect(cells.get(latticeKey([1, 2], [2, 3]))).toEqual({ imageCount: 2, unitCount: 1, soleBucket: 10 });
    expect([imageCount, unitCount]).toEqual([122, 61]);
  });
  it('leave out an image that lacks one of the factors', () => {
    const units = unitsOf([0, 0, 1]);
    const observed = latticeCells(
      units,
      [
        [0, -1, 1],
        [0, 0, -1],
      ].map((codes) => ({ codes: Int16Array.from(codes), levels: 2 })),
    );
    expect(observed).toMatchObject({ imageCount: 1, unitCount: 1 });
  });
  it('are those of 1 to 4 factors', () => {
    expect(() => latticeCells(unitsOf([0]), [])).toThrow(/1 to 4 factors/);
  });
  it('do not depend on the order of the rows', () => {
    const row = fc.record({ unit: fc.nat(9), one: fc.nat(2), other: fc.nat(3) });
    const count = (rows: readonly { unit: number; one: number; other: number }[]) =>
      latticeCells(unitsOf([...rows.map(({ unit }) => unit), 9]), [
        { codes: Int16Array.from([...rows.map(({ one }) => one), 0]), levels: 3 },
        { codes: Int16Array.from([...rows.map(({ other }) => other), 0]), levels: 4 },
      ]);
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
        expect([...count(rows.toReversed()).cells]).toEqual([...count(rows).cells]);
      }),
    );
  });
  it('are found again from their number', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(999), fc.constant(1000)), { minLength: 1, maxLength: 4 }),
        (cell) => {
          const [coordinates, levels] = [cell.map(([code]) => code), cell.map(([, size]) => size)];
          expect(latticeCoordinates(latticeKey(coordinates, levels), levels)).toEqual(coordinates);
        },
      ),
    );
  });
});

describe('a target known by its margins', () => {
  it('has their products as reference, the largest first', () => {
    expect(even).toMatchObject({ reference: 'INDEPENDENCE', cellCount: 6 });
    expect(even.cells.map(({ share }) => share)).toEqual([0.25, 0.25, 0.15, 0.15, 0.1, 0.1]);
  });
  it('gives the same largest cells whether or not the rest of the product is made', () => {
    const margin = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 }).map((weights) => {
      const all = weights.reduce((a, b) => a + b, 0);
      return all === 0 ? weights.map((_, level) => (level === 0 ? 1 : 0)) : weights.map((w) => w / all);
    });
    fc.assert(
      fc.property(
        fc.array(margin, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 40 }),
        (margins, cap) => {
          const whole = independenceLattice(margins).cells.map(({ share }) => share);
          const largest = independenceLattice(margins, new Set(), cap).cells.map(({ share }) => share);
          expect(largest).toEqual(whole.slice(0, cap));
        },
      ),
    );
  });
  it('of a billion cells is cut to 100 000, and says what share was not looked at', () => {
    const margin = Array.from({ length: 1000 }, (_, level) => (level < 500 ? 1.8 : 0.2) / 1000);
    const lattice = independenceLattice([margin, margin, margin]);
    expect(lattice).toMatchObject({ cellCount: 1e9 });
    const { examinedCells, unexaminedShare } = latticeCoverage(lattice, dataset([[0, 0, 40]]));
    expect(examinedCells).toBe(100_000);
    expect(unexaminedShare).toBeCloseTo(1 - 1e5 * 0.0018 ** 3, 9);
  });
});

describe('the coverage of a lattice', () => {
  it('calls a cell of 37 units OK, for they tell a score of 90 % to ±.10', () => {
    const half = (n: number) => (wilsonInterval(0.9 * n, n).upper - wilsonInterval(0.9 * n, n).lower) / 2;
    expect(half(FEWEST_UNITS_PER_CELL)).toBeLessThanOrEqual(0.1);
    expect(half(FEWEST_UNITS_PER_CELL - 1)).toBeGreaterThan(0.1);
    const { holes, thin, worst } = latticeCoverage(
      even,
      dataset([
        [0, 0, 37],
        [1, 0, 36],
      ]),
    );
    expect([holes, thin]).toEqual([4, 1]);
    expect(worst[0]).toEqual({
      coordinates: [0, 1],
      share: 0.15,
      status: 'HOLE',
      imageCount: 0,
      unitCount: 0,
    });
    expect(worst[4]).toMatchObject({ coordinates: [1, 0], status: 'THIN', imageCount: 72, unitCount: 36 });
  });
  it('gives the share of the target world never seen, with an interval that knows of cells held up by one bucket', () => {
    const seen = dataset([
      [0, 0, 60],
      [1, 0, 60],
      [0, 1, 60],
      [1, 1, 60],
      [0, 2, 60],
    ]);
    const { interval } = latticeCoverage(even, seen).holeShare;
    expect(interval!.lower).toBeCloseTo(0.1, 12);
    expect(interval!.upper).toBeCloseTo(0.1, 12);
    const barely = dataset([
      [0, 0, 60],
      [1, 0, 60],
      [0, 1, 60],
      [1, 1, 60],
      [0, 2, 1],
    ]);
    const { holeShare } = latticeCoverage(even, barely);
    expect(holeShare.value).toBeCloseTo(0.1, 12);
    expect(holeShare.interval!.upper).toBeGreaterThan(0.25);
    expect(colour(latticeCoverage(even, seen).holeShare, THRESHOLDS.holeShare.bands).colour).toBe('RED');
  });
  it('knows no hole where a combination cannot be, and says when it is there all the same', () => {
    const impossible = new Set([latticeKey([1, 2], [2, 3])]);
    const lattice = independenceLattice(
      [
        [0.5, 0.5],
        [0.5, 0.3, 0.2],
      ],
      impossible,
    );
    const rest: [number, number, number][] = [
      [0, 0, 40],
      [1, 0, 40],
      [0, 1, 40],
      [1, 1, 40],
      [0, 2, 40],
    ];
    expect(latticeCoverage(lattice, dataset(rest))).toMatchObject({ holes: 0, contradictedZeros: 0 });
    expect(latticeCoverage(lattice, dataset([...rest, [1, 2, 1]]))).toMatchObject({
      holes: 0,
      contradictedZeros: 1,
    });
  });
  it('takes strata declared jointly as they are; what is not declared has no share', () => {
    const lattice = declaredLattice(
      [2, 3],
      [
        { coordinates: [0, 0], share: 0.7, structuralZero: false },
        { coordinates: [1, 1], share: 0.3, structuralZero: false },
        { coordinates: [1, 2], share: 0, structuralZero: true },
      ],
    );
    const coverage = latticeCoverage(lattice, dataset([[0, 0, 40]]));
    expect(coverage).toMatchObject({ reference: 'DECLARED', cellCount: 2, holes: 1 });
    expect(coverage.holeShare.value).toBeCloseTo(0.3, 12);
  });
  it('of no image is EMPTY, and of nine units has no interval', () => {
    expect(latticeCoverage(even, dataset([])).holeShare).toMatchObject({ status: 'EMPTY', value: null });
    const few = latticeCoverage(even, dataset([[0, 0, 9]])).holeShare;
    expect(few).toMatchObject({ status: 'INSUFFICIENT', value: 0.75, interval: null });
    expect(colour(few, THRESHOLDS.holeShare.bands).colour).toBe('GREY');
  });
  it('is the same under other names of the levels', () => {
    const cell = fc.tuple(fc.constantFrom(0, 1), fc.constantFrom(0, 1, 2), fc.nat(40));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
        const renamed = independenceLattice([
          [0.5, 0.5],
          [0.2, 0.3, 0.5],
        ]);
        const turned = cells.map(([one, other, units]): [number, number, number] => [
          1 - one,
          2 - other,
          units,
        ]);
        const [given, other] = [
          latticeCoverage(even, dataset(cells)),
          latticeCoverage(renamed, dataset(turned)),
        ];
        expect([other.holes, other.thin]).toEqual([given.holes, given.thin]);
        expect(other.holeShare.value ?? -1).toBeCloseTo(given.holeShare.value ?? -1, 12);
      }),
    );
  });
  it('lists the 20 worst cells and never the whole lattice', () => {
    const uniform = new Array<number>(50).fill(0.02);
    const lattice = independenceLattice([uniform, uniform]);
    expect(latticeCoverage(lattice, dataset([[0, 0, 40]])).worst).toHaveLength(20);
  });
});
