/** A pivot below this share of its own diagonal is rounding: the row depends on those before it. */
const SMALLEST_PIVOT = 1e-12;

/**
 * The inverse of a symmetric positive definite matrix (only its lower triangle is read) by A = LLᵀ, A⁻¹ = L⁻ᵀL⁻¹, in
 * n³ steps; null where it is singular, not positive definite or not finite. Cholesky 1924; Higham 2002, ch. 10, 14.
 */
export function invertPositiveDefinite(matrix: readonly (readonly number[])[]): number[][] | null {
  const lower = choleskyFactor(matrix);
  if (lower === null) return null;
  // Row j of `columns` is column j of L⁻¹, so that every sum below runs along two rows.
  const columns: number[][] = [];
  for (let j = 0; j < lower.length; j += 1) {
    const column = new Array<number>(lower.length).fill(0);
    column[j] = 1 / lower[j]![j]!;
    for (let i = j + 1; i < lower.length; i += 1) {
      column[i] = -product(lower[i]!, column, j, i) / lower[i]![i]!;
    }
    columns.push(column);
  }
  const inverse = columns.map((row, i) =>
    columns.map((column, j) => product(row, column, Math.max(i, j), lower.length)),
  );
  return inverse.every((row) => row.every(Number.isFinite)) ? inverse : null;
}

function choleskyFactor(matrix: readonly (readonly number[])[]): number[][] | null {
  const lower: number[][] = [];
  for (const [i, given] of matrix.entries()) {
    const row = new Array<number>(matrix.length).fill(0);
    for (let j = 0; j < i; j += 1) {
      row[j] = (given[j]! - product(row, lower[j]!, 0, j)) / lower[j]![j]!;
    }
    const pivot = given[i]! - product(row, row, 0, i);
    if (!(pivot > SMALLEST_PIVOT * given[i]!)) return null;
    row[i] = Math.sqrt(pivot);
    lower.push(row);
  }
  return lower;
}

function product(a: readonly number[], b: readonly number[], from: number, to: number): number {
  let total = 0;
  for (let k = from; k < to; k += 1) total += a[k]! * b[k]!;
  return total;
}
