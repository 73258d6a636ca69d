import { invertPositiveDefinite } from './invert-positive-definite.ts';
import { sum } from './sum.ts';

/**
 * A measure by two crossed factors, from its grand mean: n and Σ(x − x̄) of each cell (rows × columns), Σ(x − x̄)².
 */
export interface CrossedSums {
  readonly counts: readonly (readonly number[])[];
  readonly sums: readonly (readonly number[])[];
  readonly squares: number;
}

/** Variances of the true means of rows and of columns, and of what is left. */
export interface CrossedVariances {
  readonly rows: number;
  readonly columns: number;
  readonly residual: number;
}

/** The ratio of the residual to a variance of 0: so large that the effects vanish, and stay so. */
const LARGEST_RATIO = 1e15;

/**
 * One step of EM for restricted maximum likelihood on the mixed model equations: with W = [1, Z_a, Z_b], D = diag(0,
 * σ²e/σ²a, σ²e/σ²b), C = (WᵀW + D)⁻¹, s = CWᵀy: σ²e ← (yᵀy − sᵀWᵀy)/(N−1), σ²a ← (âᵀâ + σ²e tr C_aa)/q_a, and σ²b
 * alike. The rows, whose block is diagonal, are eliminated, so that only 1 + columns equations are inverted; null
 * where they are singular. Searle, Casella & McCulloch 1992, §8.3; Henderson 1973.
 */
export function expectationMaximizationStep(
  { counts, sums, squares }: CrossedSums,
  variances: CrossedVariances,
): CrossedVariances | null {
  const ratio = (variance: number) => Math.min(LARGEST_RATIO, variances.residual / variance);
  const design = counts.map((row) => [sum(row), ...row]);
  const diagonal = design.map(([n]) => n! + ratio(variances.rows));
  const rowSums = sums.map(sum);
  const columnSums = [0, ...transposedSums(sums)];
  const reduced = crossProducts(design, diagonal, (weight) => 1 / weight).map((row, j) =>
    row.map((value, k) => normalEquation(design, j, k, ratio(variances.columns)) - value),
  );
  const inverse = invertPositiveDefinite(reduced);
  if (inverse === null) return null;
  const right = columnSums.map(
    (value, j) => value - sum(design.map((row, i) => (row[j]! * rowSums[i]!) / diagonal[i]!)),
  );
  const columnEffects = inverse.map((row) => product(row, right));
  const rowEffects = design.map((row, i) => (rowSums[i]! - product(row, columnEffects)) / diagonal[i]!);
  const fitted = product(columnEffects, columnSums) + product(rowEffects, rowSums);
  const residual = (squares - fitted) / (sum(design.map(([n]) => n!)) - 1);
  const weights = crossProducts(design, diagonal, (weight) => 1 / (weight * weight));
  const rowTrace = sum(diagonal.map((n) => 1 / n)) + sum(inverse.map((row, j) => product(row, weights[j]!)));
  const columnTrace = sum(inverse.slice(1).map((row, j) => row[j + 1]!));
  const component = (effects: readonly number[], trace: number) =>
    (product(effects, effects) + residual * trace) / effects.length;
  return {
    rows: variances.rows === 0 ? 0 : component(rowEffects, rowTrace),
    columns: variances.columns === 0 ? 0 : component(columnEffects.slice(1), columnTrace),
    residual,
  };
}

/** Σ_i x_ij x_ik w(d_i). */
function crossProducts(
  design: readonly (readonly number[])[],
  diagonal: readonly number[],
  weigh: (weight: number) => number,
): number[][] {
  const size = design[0]!.length;
  const products = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  design.forEach((row, i) => {
    const weight = weigh(diagonal[i]!);
    row.forEach((x, j) => {
      if (x === 0) return;
      const line = products[j]!;
      for (let k = 0; k < size; k += 1) line[k] = line[k]! + weight * x * row[k]!;
    });
  });
  return products;
}

/** The element of [1, Z_b]ᵀ[1, Z_b] + diag(0, ratio). */
function normalEquation(design: readonly (readonly number[])[], j: number, k: number, ratio: number): number {
  if (j > 0 && k > 0 && j !== k) return 0;
  const count = sum(design.map((row) => row[Math.max(j, k)]!));
  return j === k && j > 0 ? count + ratio : count;
}

function transposedSums(rows: readonly (readonly number[])[]): number[] {
  return rows[0]!.map((_, column) => sum(rows.map((row) => row[column]!)));
}

function product(a: readonly number[], b: readonly number[]): number {
  let total = 0;
  for (let k = 0; k < a.length; k += 1) total += a[k]! * b[k]!;
  return total;
}
