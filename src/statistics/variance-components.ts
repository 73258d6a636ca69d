import { type Basis, type Estimate, estimate, type Interval } from './estimate.ts';
import { fQuantile } from './f-quantile.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { type BucketedTable, jackknife } from './jackknife.ts';
import { estimateWithInterval } from './jackknife-estimate.ts';
import { jackknifeInterval, SHARE } from './jackknife-interval.ts';
import { sum } from './sum.ts';
import { type SumsOfSquares, sumsOfSquares } from './sums-of-squares.ts';

/** Fewer levels than this cannot tell how levels scatter (specification §2.3). */
export const FEWEST_LEVELS_FOR_SCATTER = 5;
const LEVEL = 0.95;

export interface VarianceComponents {
  /** σ²_f, of the true means of the levels. */
  readonly factorVariance: Estimate;
  /** σ²_w, of the values inside a level. */
  readonly residualVariance: Estimate;
  /** The headline: σ²_f/(σ²_f + σ²_w). */
  readonly intraclassCorrelation: Estimate;
  /** How many times the variance of a mean grows because values of one level resemble each other. */
  readonly designEffect: Estimate;
}

/**
 * How far the levels of a factor (sites, cameras, operators) scatter, seen as a sample of all such levels, from 3k
 * cells: n of each of k levels, Σx, Σx². σ²_f = (MSB − MSW)/n₀, n₀ = (N − Σn²/N)/(k−1), σ²_w = MSW; negative σ²_f: 0,
 * BOUNDARY, and σ²_w = SST/(N−1), as REML. Design effect 1 + (N/k − 1)·ICC. Interval of ICC, in [0, 1]:
 * (F′−1)/(F′+n₀−1) at F′ = F/F_.975 of k−1, N−k and F·F_.975 of N−k, k−1 degrees of freedom where each unit gives one
 * value, else the jackknife's (feed unit means: raw images of one unit pass for a scatter of the levels). Fewer than
 * 5 levels: INSUFFICIENT, with value. One level: NOT_APPLICABLE; constant: UNDEFINED; nothing varies inside the
 * levels: DEGENERATE. Searle, Casella & McCulloch 1992, ch. 3.
 */
export function varianceComponents(table: BucketedTable): VarianceComponents {
  const { imageCount, unitCount } = table;
  const basis = (method: string): Basis => ({ imageCount, unitCount, method });
  const sums = sumsOfSquares(table.total);
  const n0 = balancedSize(table.total, sums);
  const { factor, residual } = components(sums, n0);
  const correlation = correlationOf(table.total);
  const effect = derived(
    factor,
    residual,
    (between, within) => 1 + ((sums.count / sums.levels - 1) * between) / (between + within),
  );
  const interval = sums.count === unitCount ? searle(sums, n0) : jackknifed(table);
  return {
    factorVariance: estimate({ ...basis('variance of the levels, analysis of variance'), ...factor }),
    residualVariance: estimate({ ...basis('variance inside the levels'), ...residual }),
    intraclassCorrelation: estimateWithInterval(correlation, interval, basis('intraclass correlation')),
    designEffect: estimate({ ...basis('design effect'), ...effect }),
  };
}

/** n₀: the size of the levels, were they equal. */
function balancedSize(cells: readonly number[], { count, levels }: SumsOfSquares): number {
  const squares = sum(cells.slice(0, cells.length / 3).map((n) => n * n));
  return (count - squares / count) / (levels - 1);
}

function components(
  { levels, count, between, within, fault }: SumsOfSquares,
  n0: number,
): { factor: Figure; residual: Figure } {
  if (fault !== null) return { factor: fault, residual: fault };
  if (count <= levels) {
    const single = noFigure('DEGENERATE', 'ZERO_WITHIN_VARIANCE');
    return { factor: single, residual: single };
  }
  const mean = within / (count - levels);
  const raw = (between / (levels - 1) - mean) / n0;
  if (raw < 0) {
    return {
      factor: figure(0, 'BOUNDARY', 'NEGATIVE_ESTIMATE'),
      residual: figure((between + within) / (count - 1)),
    };
  }
  if (within === 0) {
    return { factor: figure(raw, 'DEGENERATE', 'ZERO_WITHIN_VARIANCE'), residual: figure(0) };
  }
  if (levels < FEWEST_LEVELS_FOR_SCATTER) {
    return { factor: figure(raw, 'INSUFFICIENT', 'FEWER_THAN_5_LEVELS'), residual: figure(mean) };
  }
  return { factor: figure(raw), residual: figure(mean) };
}

function correlationOf(cells: readonly number[]): Figure {
  const sums = sumsOfSquares(cells);
  const { factor, residual } = components(sums, balancedSize(cells, sums));
  return derived(factor, residual, (between, within) => between / (between + within));
}

function derived(
  factor: Figure,
  residual: Figure,
  formula: (factor: number, residual: number) => number,
): Figure {
  if (factor.value === null) return factor;
  if (residual.value === null) return residual;
  return figure(formula(factor.value, residual.value), factor.status, factor.reason);
}

/** Null where nothing varies inside the levels. */
function searle({ levels, count, between, within, fault }: SumsOfSquares, n0: number): Interval | null {
  const [above, below] = [levels - 1, count - levels];
  const f = between / above / (within / below);
  if (fault !== null || below === 0 || !Number.isFinite(f)) return null;
  const limit = (at: number) => Math.min(1, Math.max(0, (at - 1) / (at + n0 - 1)));
  const tail = (1 + LEVEL) / 2;
  return {
    lower: limit(f / fQuantile(tail, above, below)),
    upper: limit(f * fQuantile(tail, below, above)),
    level: LEVEL,
    method: 'Searle, from F',
  };
}

function jackknifed(table: BucketedTable): Interval | null {
  const [replicated] = jackknife(table, (cells) => [correlationOf(cells).value]);
  return replicated ? jackknifeInterval(replicated, SHARE) : null;
}
