import { invertPositiveDefinite } from './invert-positive-definite.ts';
import type { MissingPattern } from './missing-patterns.ts';

/** Maximum-likelihood mean and covariance (divisor n) of a normal population; not converged: as of the last step. */
export interface NormalFit {
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  readonly iterations: number;
  readonly converged: boolean;
}

const MOST_ITERATIONS = 500;
const SMALLEST_CHANGE = 1e-8;

/**
 * Fits a multivariate normal to incomplete rows by EM on the sums of each missing pattern. E: a missing part becomes
 * μ_m + Σ_mo Σ_oo⁻¹(x_o − μ_o), and Σ_mm − Σ_mo Σ_oo⁻¹ Σ_om is added to its second moment; M: means of both. Columns are
 * standardised (see `missingPatterns`), so a change is relative to one standard deviation. Singular Σ_oo: null.
 * Dempster, Laird & Rubin 1977, JRSS-B 39:1; Little & Rubin 2002, §11.2.
 */
export function incompleteNormal(patterns: readonly MissingPattern[], columnCount: number): NormalFit | null {
  let mean = new Array<number>(columnCount).fill(0);
  let covariance = squareOf(columnCount);
  for (let place = 0; place < columnCount; place += 1) covariance[place]![place] = 1;
  for (let iterations = 1; iterations <= MOST_ITERATIONS; iterations += 1) {
    const next = improved(patterns, mean, covariance);
    if (next === null) return null;
    const change = Math.max(
      ...next.mean.map((value, i) => Math.abs(value - mean[i]!)),
      ...largestChange(next.covariance, covariance),
    );
    ({ mean, covariance } = next);
    if (change <= SMALLEST_CHANGE) return { mean, covariance, iterations, converged: true };
  }
  return { mean, covariance, iterations: MOST_ITERATIONS, converged: false };
}

function largestChange(next: number[][], last: number[][]): number[] {
  return next.map((row, i) => Math.max(...row.map((value, j) => Math.abs(value - last[i]![j]!))));
}

/** One step, in deviations z = x − μ of the completed rows: μ' = μ + z̄, Σ' = mean of zzᵀ − z̄z̄ᵀ. */
function improved(
  patterns: readonly MissingPattern[],
  mean: readonly number[],
  covariance: readonly number[][],
) {
  const size = mean.length;
  const sums = new Array<number>(size).fill(0);
  const products = squareOf(size);
  let rows = 0;
  for (const pattern of patterns) {
    const completion = completionOf(pattern, covariance);
    if (completion === null) return null;
    addCompleted(pattern, completion, mean, sums, products);
    rows += pattern.count;
  }
  const shift = sums.map((value) => value / rows);
  return {
    mean: mean.map((value, i) => value + shift[i]!),
    covariance: products.map((row, i) => row.map((value, j) => value / rows - shift[i]! * shift[j]!)),
  };
}

/** `weights` completes a row's deviations from its observed ones; `spread` is the covariance that leaves out. */
interface Completion {
  readonly weights: readonly number[][];
  readonly spread: readonly number[][];
}

function completionOf({ observed }: MissingPattern, covariance: readonly number[][]): Completion | null {
  const size = covariance.length;
  const inverse = invertPositiveDefinite(observed.map((i) => observed.map((j) => covariance[i]![j]!)));
  if (inverse === null) return null;
  const weights = covariance.map((row, i) => {
    const place = observed.indexOf(i);
    if (place >= 0) return observed.map((_, j) => (j === place ? 1 : 0));
    return observed.map((_, j) => observed.reduce((total, k, at) => total + row[k]! * inverse[at]![j]!, 0));
  });
  const spread = squareOf(size);
  const missing = covariance.flatMap((_, i) => (observed.includes(i) ? [] : [i]));
  for (const i of missing) {
    for (const j of missing) {
      const explained = observed.reduce((total, k, at) => total + weights[i]![at]! * covariance[k]![j]!, 0);
      spread[i]![j] = covariance[i]![j]! - explained;
    }
  }
  return { weights, spread };
}

function addCompleted(
  { observed, count, sums, products }: MissingPattern,
  { weights, spread }: Completion,
  mean: readonly number[],
  totalSums: number[],
  totalProducts: number[][],
): void {
  const size = observed.length;
  const centre = observed.map((column) => mean[column]!);
  const deviations = centre.map((middle, i) => sums[i]! - count * middle);
  const squares = centre.map((middle, i) =>
    centre.map(
      (other, j) => products[i * size + j]! - middle * sums[j]! - other * sums[i]! + count * middle * other,
    ),
  );
  weights.forEach((row, i) => {
    totalSums[i]! += dot(row, deviations);
    const half = squares.map((square) => dot(row, square));
    weights.forEach((column, j) => {
      totalProducts[i]![j]! += dot(half, column) + count * spread[i]![j]!;
    });
  });
}

function dot(one: readonly number[], other: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < one.length; i += 1) total += one[i]! * other[i]!;
  return total;
}

function squareOf(size: number): number[][] {
  return Array.from({ length: size }, () => new Array<number>(size).fill(0));
}
