import { type Estimate, estimate } from './estimate.ts';
import {
  type CrossedSums,
  type CrossedVariances,
  expectationMaximizationStep,
} from './expectation-maximization-step.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { sum } from './sum.ts';
import { FEWEST_LEVELS_FOR_SCATTER } from './variance-components.ts';

/** Of equations: one, and one for each level of both factors. */
export const LARGEST_SYSTEM = 500;
const SMALLEST_FILLED_SHARE = 0.2;
const ITERATIONS = 1000;
const CONVERGED = 1e-8;
/** EM only creeps towards 0: a component that falls below this share of the whole is there. */
const VANISHING = 1e-3;
/** A residual below this share of the whole is rounding. */
const SMALLEST_RESIDUAL = 1e-10;

/** The 3·rows·columns cells of a measure: n of each cell, row by row, then Σx, then Σx². */
export interface CrossedTable extends Pick<BucketedTable, 'total' | 'imageCount' | 'unitCount'> {
  readonly rows: number;
  readonly columns: number;
}

export interface CrossedVarianceComponents {
  readonly rowVariance: Estimate;
  readonly columnVariance: Estimate;
  readonly residualVariance: Estimate;
  /** Of the three together. */
  readonly rowShare: Estimate;
  readonly columnShare: Estimate;
}

/**
 * How far the levels of two crossed factors (site and camera) scatter, each freed from the other, unbalanced allowed:
 * EM for restricted maximum likelihood to a relative change of 1e-8. No intervals. A component below 1/1000 of the
 * whole and falling: 0, BOUNDARY. A factor of fewer than 5 levels: INSUFFICIENT, with value. Fewer than 20 % of the
 * cells filled, or levels one to one, or one image a level: NOT_APPLICABLE, CONFOUNDED; 1 + rows + columns > 500:
 * TOO_MANY_LEVELS; a level alone, a constant, an exact fit, or 1000 steps without end: no value. Searle, Casella &
 * McCulloch 1992, ch. 8.
 */
export function crossedVarianceComponents(table: CrossedTable): CrossedVarianceComponents {
  const { sums, fault } = crossedSums(table);
  const fitted = fault ?? maximumLikelihood(sums);
  const basis = (method: string) => ({ imageCount: table.imageCount, unitCount: table.unitCount, method });
  const method = (of: string) => basis(`${of}, restricted maximum likelihood by EM`);
  const part = (of: (variances: CrossedVariances) => number, levels: number): Figure => {
    if ('status' in fitted) return fitted;
    const value = of(fitted);
    if (value === 0) return figure(0, 'BOUNDARY', 'VANISHING_COMPONENT');
    return levels < FEWEST_LEVELS_FOR_SCATTER
      ? figure(value, 'INSUFFICIENT', 'FEWER_THAN_5_LEVELS')
      : figure(value);
  };
  const whole = ({ rows, columns, residual }: CrossedVariances) => rows + columns + residual;
  const [rows, columns] = [sums.counts.length, sums.counts[0]?.length ?? 0];
  return {
    rowVariance: estimate({ ...part((v) => v.rows, rows), ...method('variance of the rows') }),
    columnVariance: estimate({ ...part((v) => v.columns, columns), ...method('variance of the columns') }),
    residualVariance: estimate({ ...part((v) => v.residual, Infinity), ...method('residual variance') }),
    rowShare: estimate({ ...part((v) => v.rows / whole(v), rows), ...method('share of the rows') }),
    columnShare: estimate({
      ...part((v) => v.columns / whole(v), columns),
      ...method('share of the columns'),
    }),
  };
}

/** Without empty levels, from the grand mean. */
function crossedSums({ rows, columns, total }: CrossedTable): { sums: CrossedSums; fault: Figure | null } {
  const size = rows * columns;
  const at = (part: number, row: number, column: number) => total[part * size + row * columns + column]!;
  const everyColumn = Array.from({ length: columns }, (_, column) => column);
  const everyRow = Array.from({ length: rows }, (_, row) => row);
  const keptRows = everyRow.filter((row) => everyColumn.some((column) => at(0, row, column) > 0));
  const keptColumns = everyColumn.filter((column) => keptRows.some((row) => at(0, row, column) > 0));
  const counts = keptRows.map((row) => keptColumns.map((column) => at(0, row, column)));
  const count = sum(total.slice(0, size));
  const mean = sum(total.slice(size, 2 * size)) / count;
  const raw = sum(total.slice(2 * size));
  const squares = raw - count * mean * mean;
  const sums = keptRows.map((row) =>
    keptColumns.map((column) => at(1, row, column) - at(0, row, column) * mean),
  );
  const constant = squares <= 1e-12 * raw;
  return { sums: { counts, sums, squares }, fault: faultOf(counts, count, constant) };
}

function faultOf(counts: readonly (readonly number[])[], images: number, constant: boolean): Figure | null {
  const [rows, columns] = [counts.length, counts[0]?.length ?? 0];
  const filled = sum(counts.map((row) => row.filter((n) => n > 0).length));
  if (images === 0) return noFigure('EMPTY', 'NO_IMAGE');
  if (rows < 2 || columns < 2) return noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL');
  if (1 + rows + columns > LARGEST_SYSTEM) return noFigure('NOT_APPLICABLE', 'TOO_MANY_LEVELS');
  const oneToOne = filled === rows && filled === columns;
  const oneEach = images <= Math.max(rows, columns);
  if (filled < SMALLEST_FILLED_SHARE * rows * columns || oneToOne || oneEach)
    return noFigure('NOT_APPLICABLE', 'CONFOUNDED');
  return constant ? noFigure('UNDEFINED', 'CONSTANT_VALUE') : null;
}

function maximumLikelihood(given: CrossedSums): CrossedVariances | Figure {
  const third = given.squares / sum(given.counts.map(sum)) / 3;
  let now: CrossedVariances = { rows: third, columns: third, residual: third };
  for (let step = 0; step < ITERATIONS; step += 1) {
    const next = expectationMaximizationStep(given, now);
    if (next === null || next.residual < SMALLEST_RESIDUAL * third)
      return noFigure('DEGENERATE', 'ZERO_WITHIN_VARIANCE');
    const whole = next.rows + next.columns + next.residual;
    const settled = (name: keyof CrossedVariances) =>
      Math.abs(next[name] - now[name]) <= CONVERGED * now[name];
    if (settled('rows') && settled('columns') && settled('residual')) return next;
    const kept = (name: 'rows' | 'columns') =>
      next[name] < now[name] && next[name] < VANISHING * whole ? 0 : next[name];
    now = { rows: kept('rows'), columns: kept('columns'), residual: next.residual };
  }
  return noFigure('NOT_CONVERGED', 'MORE_THAN_1000_STEPS');
}
