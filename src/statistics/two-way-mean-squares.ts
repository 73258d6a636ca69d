import { sum } from './sum.ts';

/**
 * Of n rows and k columns: between rows, between columns, residual, and within rows (columns and residual together).
 */
export interface TwoWayMeanSquares {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly rows: number;
  readonly columns: number;
  readonly residual: number;
  readonly within: number;
}

/**
 * Two-way analysis of variance without replication: one value a cell, none missing, at least two rows and two
 * columns. Squares below 1e-12 of Σx² are rounding. Fisher 1925.
 */
export function twoWayMeanSquares(values: readonly (readonly number[])[]): TwoWayMeanSquares {
  const [n, k] = [values.length, values[0]!.length];
  const rowMeans = values.map((row) => sum(row) / k);
  const columnMeans = values[0]!.map((_, column) => sum(values.map((row) => row[column]!)) / n);
  const mean = sum(rowMeans) / n;
  const rounding = 1e-12 * sum(values.map((row) => sum(row.map((x) => x * x))));
  const squares = (deviations: readonly number[]) => {
    const total = sum(deviations.map((deviation) => deviation * deviation));
    return total <= rounding ? 0 : total;
  };
  const rows = k * squares(rowMeans.map((rowMean) => rowMean - mean));
  const columns = n * squares(columnMeans.map((columnMean) => columnMean - mean));
  const residual = squares(
    values.flatMap((row, i) => row.map((x, j) => x - rowMeans[i]! - columnMeans[j]! + mean)),
  );
  return {
    rowCount: n,
    columnCount: k,
    rows: rows / (n - 1),
    columns: columns / (k - 1),
    residual: residual / ((n - 1) * (k - 1)),
    within: (columns + residual) / (n * (k - 1)),
  };
}
