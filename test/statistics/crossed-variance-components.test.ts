import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossedVarianceComponents } from '../../src/statistics/crossed-variance-components.ts';
import { momentTable } from '../../src/statistics/moment-table.ts';
import { varianceComponents } from '../../src/statistics/variance-components.ts';
import { coded, separateUnits } from './measured-rows.ts';
import { expectClose, hasOracles, ORACLES_ABSENT, oracle, seeded } from './oracle.ts';

type Name = string | number;

function of(values: readonly number[], rows: readonly Name[], columns: readonly Name[]) {
  const [row, column] = [coded(rows), coded(columns)];
  const cell = {
    codes: row.codes.map((code, i) => code * column.levels + column.codes[i]!),
    levels: row.levels * column.levels,
  };
  const { units, values: x } = separateUnits(values, rows);
  return crossedVarianceComponents({
    rows: row.levels,
    columns: column.levels,
    ...momentTable(units, x, cell),
  });
}

/** r × c cells of n values each: row effect, column effect and noise in [−1, 1). */
function layout(r: number, c: number, n: number, value: (row: number, column: number) => number) {
  const random = seeded(11);
  const cells = Array.from({ length: r * c * n }, (_, i) => ({
    row: Math.floor(i / n / c),
    column: Math.floor(i / n) % c,
  }));
  return {
    values: cells.map(({ row, column }) => value(row, column) + 2 * random() - 1),
    rows: cells.map(({ row }) => row),
    columns: cells.map(({ column }) => column),
  };
}

describe.skipIf(!hasOracles)(`crossed variance components against lme4${ORACLES_ABSENT}`, () => {
  it('of the penicillin assay, plates by samples', () => {
    const { input, expected, tolerance } = oracle('02_measurement', 'penicillin_crossed');
    for (const flipped of [false, true]) {
      const [rows, columns] = flipped ? [input.sample, input.plate] : [input.plate, input.sample];
      const result = of(input.y, rows, columns);
      const [plate, sample] = flipped
        ? [result.columnVariance, result.rowVariance]
        : [result.rowVariance, result.columnVariance];
      expectClose(plate.value, expected.lme4_REML.plate, tolerance);
      expectClose(plate.value, expected.var_a, 1e-8);
      expectClose(sample.value, expected.lme4_REML.sample, tolerance);
      expectClose(sample.value, expected.var_b, 1e-8);
      expectClose(result.residualVariance.value, expected.lme4_REML.Residual, tolerance);
      expectClose(result.residualVariance.value, expected.var_e, 1e-8);
    }
  });
});

describe('crossed variance components', () => {
  it('of a factor without effect are 0 at the BOUNDARY, and the other factor is as if alone', () => {
    const { values, rows, columns } = layout(6, 8, 4, (_, column) => 2 * column);
    const settled = values.map((value, i) => {
      const ofRow = values.filter((_, j) => rows[j] === rows[i]);
      return value - ofRow.reduce((a, b) => a + b, 0) / ofRow.length;
    });
    const { rowVariance, rowShare, columnVariance, residualVariance } = of(settled, rows, columns);
    expect(rowVariance).toMatchObject({ value: 0, status: 'BOUNDARY', reason: 'VANISHING_COMPONENT' });
    expect(rowShare).toMatchObject({ value: 0, status: 'BOUNDARY' });
    const { units, values: x, factor } = separateUnits(settled, columns);
    const alone = varianceComponents(momentTable(units, x, factor));
    expectClose(columnVariance.value, alone.factorVariance.value!, 1e-6);
    expectClose(residualVariance.value, alone.residualVariance.value!, 1e-6);
  });
  it('find both factors where a third of the cells is empty', () => {
    const random = seeded(3);
    const effects = Array.from({ length: 60 }, () => 6 * random());
    const full = layout(30, 30, 3, (row, column) => effects[row]! + effects[30 + column]!);
    const kept = full.values.map((_, i) => (full.rows[i]! + full.columns[i]!) % 3 > 0);
    const pick = <T>(values: T[]) => values.filter((_, i) => kept[i]);
    const result = of(pick(full.values), pick(full.rows), pick(full.columns));
    expect(result.residualVariance.value).toBeCloseTo(1 / 3, 1);
    expect(result.rowShare.value! + result.columnShare.value!).toBeGreaterThan(0.9);
    expect([result.rowShare.status, result.columnShare.status]).toEqual(['OK', 'OK']);
  });
  it('of fewer than five levels show their value, and that it cannot be relied on', () => {
    const { values, rows, columns } = layout(4, 6, 3, (row, column) => row + column);
    const result = of(values, rows, columns);
    expect(result.rowShare).toMatchObject({ status: 'INSUFFICIENT', reason: 'FEWER_THAN_5_LEVELS' });
    expect(result.columnShare.status).toBe('OK');
  });
  it.each([
    ['no image', [], [], [], 'EMPTY', 'NO_IMAGE'],
    ['one level', [1, 2, 3], [0, 0, 0], [0, 1, 1], 'NOT_APPLICABLE', 'SINGLE_LEVEL'],
    ['a constant', [2, 2, 2, 2], [0, 0, 1, 1], [0, 1, 0, 1], 'UNDEFINED', 'CONSTANT_VALUE'],
    ['an exact sum', [1, 2, 3, 4], [0, 0, 1, 1], [0, 1, 0, 1], 'DEGENERATE', 'ZERO_WITHIN_VARIANCE'],
    ['levels one to one', [1, 2, 3, 5], [0, 0, 1, 1], [0, 0, 1, 1], 'NOT_APPLICABLE', 'CONFOUNDED'],
    ['one image a level', [1, 2, 3, 5], [0, 0, 1, 1], [0, 1, 2, 3], 'NOT_APPLICABLE', 'CONFOUNDED'],
  ] as const)('of %s have no value, and say so', (_, values, rows, columns, status, reason) => {
    for (const figure of Object.values(of(values, rows, columns))) {
      expect(figure).toMatchObject({ value: null, status, reason, interval: null });
    }
  });
  it('are CONFOUNDED where fewer than a fifth of the cells are filled', () => {
    const rows = Array.from({ length: 40 }, (_, i) => Math.floor(i / 4));
    const columns = rows.map((row, i) => (i % 2 === 0 ? row : (row + 1) % 11));
    const { rowShare } = of(
      rows.map((_, i) => i % 7),
      rows,
      columns,
    );
    expect(rowShare).toMatchObject({ value: null, status: 'NOT_APPLICABLE', reason: 'CONFOUNDED' });
  });
  it('of more than 500 equations are refused', () => {
    const { values, rows, columns } = layout(490, 10, 1, () => 0);
    expect(of(values, rows, columns).rowShare).toMatchObject({
      value: null,
      status: 'NOT_APPLICABLE',
      reason: 'TOO_MANY_LEVELS',
    });
  });
  it('always have a value or a reason, and shares within [0, 1]', () => {
    const cell = fc.record({ x: fc.integer({ min: -5, max: 5 }), row: fc.nat(5), column: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 60 }), (cells) => {
        const result = of(
          cells.map(({ x }) => x),
          cells.map(({ row }) => row),
          cells.map(({ column }) => column),
        );
        for (const { value, status, reason } of Object.values(result)) {
          if (value === null || status !== 'OK') expect(reason).not.toBeNull();
          expect(value ?? 0).toBeGreaterThanOrEqual(0);
        }
        expect(result.rowShare.value ?? 0).toBeLessThanOrEqual(1);
      }),
    );
  });
});
