import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { littleMcar } from '../../src/statistics/little-mcar.ts';
import { expectHonest } from './expect-honest.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle, seeded } from './oracle.ts';

function airquality() {
  const { input, expected, tolerance } = oracle('01_selection', 'little_mcar_airquality');
  const columns = input.data.map((column: (number | null)[]) =>
    Float64Array.from(column, (value) => value ?? Number.NaN),
  ) as Float64Array[];
  return { columns, expected, tolerance };
}

describe.skipIf(!hasOracles)(`Little’s test of the air quality of New York${ORACLES_ABSENT}`, () => {
  it('gives the d², degrees of freedom and p of naniar', () => {
    const { columns, expected, tolerance } = airquality();
    const { test, degreesOfFreedom, patternCount } = littleMcar(columns, 153);
    expectClose(test.value, expected.stat, tolerance);
    expectClose(test.p, expected.p, tolerance);
    expect(degreesOfFreedom).toBe(expected.df);
    expect(patternCount).toBe(expected.patterns);
  });
  it('does not depend on the order of rows and columns, nor on the units of measurement', () => {
    const { columns } = airquality();
    const changed = columns.map((column) => column.toReversed().map((value) => 1e6 - 3 * value)).reverse();
    expectClose(littleMcar(changed, 153).test.value, littleMcar(columns, 153).test.value!, 1e-6);
  });
  it('has no p where units repeat: their images are not independent', () => {
    const { columns } = airquality();
    expect(littleMcar(columns, 40).test).toMatchObject({ status: 'OK', p: null, reason: 'UNITS_REPEAT' });
  });
});

const draw = seeded(11);
const noise = (holes: number) =>
  Float64Array.from({ length: 300 }, () => {
    const value = draw() + draw() + draw();
    return draw() < holes ? Number.NaN : value;
  });
const reasonOf = (columns: readonly Float64Array[]) => littleMcar(columns, 300).test;

describe('Little’s test', () => {
  it('does not tell what is missing by chance from what is there', () => {
    expect(littleMcar([noise(0.2), noise(0.2), noise(0)], 300).test.p).toBeGreaterThan(0.05);
  });
  it('tells a field that is missing where another is large', () => {
    const cause = noise(0);
    const field = noise(0).map((value, row) => (cause[row]! > 1.8 ? Number.NaN : value));
    expect(littleMcar([cause, field], 300).test.p).toBeLessThan(1e-6);
  });
  it('leaves out rows without any value', () => {
    const columns = [noise(0.2), noise(0.2), noise(0)];
    const longer = columns.map((column) => Float64Array.from([...column, Number.NaN, Number.NaN]));
    expectClose(littleMcar(longer, 302).test.value, littleMcar(columns, 300).test.value!, 1e-9);
  });
  it('is NOT_APPLICABLE where nothing can be compared, and says why', () => {
    const whole = noise(0);
    const doubled = whole.map((value) => 2 * value);
    const holes = (from: number, to: number) =>
      noise(0).map((value, row) => (row >= from && row < to ? Number.NaN : value));
    const absent = new Float64Array(300).fill(Number.NaN);
    expect(reasonOf([whole, noise(0)])).toMatchObject({ status: 'NOT_APPLICABLE', reason: 'ONE_PATTERN' });
    expect(reasonOf([whole, absent]).reason).toBe('COLUMN_WITHOUT_VALUES');
    expect(reasonOf([whole, doubled, noise(0.2)]).reason).toBe('COLLINEAR');
    expect(reasonOf([new Float64Array(300).fill(4), noise(0.2)]).reason).toBe('COLLINEAR');
    expect(reasonOf([holes(0, 150), holes(150, 300), noise(0)]).reason).toBe('COLUMNS_NEVER_TOGETHER');
    expect(reasonOf(Array.from({ length: 31 }, () => noise(0.1))).reason).toBe('TOO_MANY_COLUMNS');
    expect(reasonOf([])).toMatchObject({ status: 'EMPTY', reason: 'NO_IMAGE' });
  });
  it('never gives NaN, whatever the columns', () => {
    const value = fc.oneof(
      fc.constant(Number.NaN),
      fc.integer({ min: -2, max: 2 }),
      fc.constantFrom(1e300, -1e300, Infinity, 1e-300),
    );
    const columns = fc
      .integer({ min: 0, max: 12 })
      .chain((rows) =>
        fc.array(fc.array(value, { minLength: rows, maxLength: rows }), { minLength: 1, maxLength: 4 }),
      );
    fc.assert(
      fc.property(columns, (drawn) => {
        expectHonest(
          littleMcar(
            drawn.map((column) => Float64Array.from(column)),
            drawn[0]!.length,
          ),
        );
      }),
    );
  });
});
