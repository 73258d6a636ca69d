import type { Estimate, Interval } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { type BucketedTable, jackknife } from './jackknife.ts';
import { estimateWithInterval, jackknifeEstimate } from './jackknife-estimate.ts';
import { jackknifeInterval } from './jackknife-interval.ts';
import { normalQuantile } from './normal-quantile.ts';

export interface PairAssociation {
  readonly lift: Estimate;
  readonly npmi: Estimate;
}

/**
 * How much oftener a class and a value meet than by chance; cells [n_ij, n_i, n_j, N]. lift = p_ij/(p_i·p_j), range
 * [0, ∞); NPMI = ln lift/(−ln p_ij), range [−1, 1]: 1 always together, 0 independent, −1 never together (BOUNDARY),
 * p_ij = 1 → 0. Interval of lift: exp of the jackknife of ln lift; where every image is its own unit, or the jackknife
 * cannot be had because n_ij is 0 or in one bucket alone, ln lift ± z·√(δ̄·(1/n_ij − 1/n_i − 1/n_j + 2n_ij/(n_i·n_j)
 * − 1/N)) with n_ij ≥ ½. An empty class or value: NOT_APPLICABLE. Church & Hanks 1990; Bouma 2009, GSCL.
 */
export function pairAssociation(table: BucketedTable, designEffect: number, level = 0.95): PairAssociation {
  const { imageCount, unitCount } = table;
  const basis = { imageCount, unitCount, method: 'lift' };
  return {
    lift: estimateWithInterval(liftOf(table.total), liftInterval(table, designEffect, level), basis),
    npmi: jackknifeNpmi(table, level),
  };
}

function liftOf([both, row, column, all]: readonly number[]): Figure {
  if (!(all! > 0)) return noFigure('EMPTY', 'NO_IMAGE');
  if (row === 0 || column === 0) return noFigure('NOT_APPLICABLE', 'EMPTY_LEVEL');
  return figure((both! * all!) / (row! * column!));
}

function npmiOf(cells: readonly number[]): Figure {
  const lift = liftOf(cells);
  const [both, , , all] = cells;
  if (lift.value === null) return lift;
  if (both === 0) return figure(-1, 'BOUNDARY', 'EMPTY_CELL');
  if (both === all) return figure(0, 'BOUNDARY', 'SINGLE_CELL');
  return figure(Math.min(1, Math.max(-1, Math.log(lift.value) / -Math.log(both! / all!))));
}

function jackknifeNpmi(table: BucketedTable, level: number): Estimate {
  const { imageCount, unitCount } = table;
  const basis = { imageCount, unitCount, method: 'normalised pointwise mutual information' };
  const whole = npmiOf(table.total);
  if (whole.status !== 'OK') return estimateWithInterval(whole, null, basis);
  return jackknifeEstimate(table, npmiOf, { method: basis.method, range: { lower: -1, upper: 1 }, level });
}

function liftInterval(table: BucketedTable, designEffect: number, level: number): Interval | null {
  const independent = table.unitCount === table.imageCount;
  const [logLift] = jackknife(table, (cells) => {
    const lift = liftOf(cells).value;
    return [lift === null || lift === 0 ? null : Math.log(lift)];
  });
  const logs = independent || !logLift ? null : jackknifeInterval(logLift, undefined, level);
  if (logs !== null) return { ...logs, lower: Math.exp(logs.lower), upper: Math.exp(logs.upper) };
  return closedForm(table.total, independent ? 1 : Math.max(1, designEffect), level);
}

function closedForm(cells: readonly number[], designEffect: number, level: number): Interval | null {
  const [row, column, all] = cells.slice(1) as [number, number, number];
  if (!(row > 0 && column > 0)) return null;
  const both = Math.max(0.5, cells[0]!);
  const variance = 1 / both - 1 / row - 1 / column + (2 * both) / (row * column) - 1 / all;
  const reach = normalQuantile((1 + level) / 2) * Math.sqrt(Math.max(0, variance) * designEffect);
  const centre = Math.log((both * all) / (row * column));
  const method = designEffect > 1 ? 'delta method, deflated by the design effect' : 'delta method';
  return { lower: Math.exp(centre - reach), upper: Math.exp(centre + reach), level, method };
}
