import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { NON_NEGATIVE, UNBOUNDED } from './jackknife-interval.ts';

export interface MeanComparison {
  /** (x̄ − μ)/√((s² + σ²)/2), signed, range (−∞, ∞). */
  readonly standardizedDifference: Estimate;
  /** s²/σ², range [0, ∞), 1 is par. */
  readonly varianceRatio: Estimate;
}

interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

/**
 * A measure's mean and variance in a sample against a reference, from `momentTable` with levels sample and reference:
 * cells n, n, Σx, Σx, Σx², Σx². A side without value: EMPTY; with one: UNDEFINED. Both constant: difference 0 where they
 * are equal, else UNDEFINED. Constant reference: variance ratio UNDEFINED. Austin 2009, Communications in Statistics
 * 38:1228.
 */
export function meanComparison(table: BucketedTable): MeanComparison {
  const compare = (cells: readonly number[], formula: (x: Moments, y: Moments) => Figure): Figure => {
    const [sample, reference] = [momentsOf(cells, 0), momentsOf(cells, 1)];
    const fewest = Math.min(sample.count, reference.count);
    if (fewest < 1) return noFigure('EMPTY', 'NO_VALUE_KNOWN');
    return fewest < 2 ? noFigure('UNDEFINED', 'ONE_VALUE') : formula(sample, reference);
  };
  return {
    standardizedDifference: jackknifeEstimate(table, (cells) => compare(cells, difference), {
      method: 'standardized mean difference',
      range: UNBOUNDED,
    }),
    varianceRatio: jackknifeEstimate(table, (cells) => compare(cells, ratio), {
      method: 'variance ratio',
      range: NON_NEGATIVE,
    }),
  };
}

function difference(sample: Moments, reference: Moments): Figure {
  const variance = (sample.variance + reference.variance) / 2;
  if (variance > 0) return figure((sample.mean - reference.mean) / Math.sqrt(variance));
  return sample.mean === reference.mean ? figure(0) : noFigure('UNDEFINED', 'CONSTANT_VALUE');
}

function ratio(sample: Moments, reference: Moments): Figure {
  if (reference.variance === 0) return noFigure('UNDEFINED', 'CONSTANT_REFERENCE');
  return figure(sample.variance / reference.variance);
}

/** Squares below 1e-12 of Σx² are rounding, not variance. */
function momentsOf(cells: readonly number[], side: 0 | 1): Moments {
  const [count, total, squares] = [cells[side]!, cells[2 + side]!, cells[4 + side]!];
  const mean = total / count;
  const within = squares - total * mean;
  return { count, mean, variance: within <= 1e-12 * squares ? 0 : within / (count - 1) };
}
