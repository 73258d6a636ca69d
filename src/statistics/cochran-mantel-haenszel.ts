import { type Figure, figure, noFigure } from './figure.ts';
import { type StratifiedTable, type StratifiedTest, stratifiedTest } from './stratified-table.ts';
import { sum } from './sum.ts';
import { type SymmetricEigen, symmetricEigen } from './symmetric-eigen.ts';

const MOST_DIMENSIONS = 200;
/** Eigenvalues below this part of the largest are rounding: the direction does not vary. */
const NEGLIGIBLE = 1e-10;

/**
 * Generalized Cochran–Mantel–Haenszel test that rows and columns are independent within every stratum, without continuity
 * correction: M² = GᵀV⁺G, df = rank V, G = Σ_k (n_k − E_k) without last row and column, V = Σ_k n²/(n−1)·(diag R −
 * RRᵀ)⊗(diag C − CCᵀ) of the margin shares R and C. Strata of one image say nothing. No stratum with two rows and two
 * columns: NOT_APPLICABLE; more than 200 directions: TOO_MANY_LEVELS. Mantel 1963, JASA 58:690; Landis et al. 1978.
 */
export function cochranMantelHaenszel(table: StratifiedTable): StratifiedTest {
  const dimensions = (table.rows - 1) * (table.columns - 1);
  const fail = (fault: Figure) => stratifiedTest(table, fault, 0, () => [], []);
  if (dimensions > MOST_DIMENSIONS) return fail(noFigure('NOT_APPLICABLE', 'TOO_MANY_LEVELS'));
  const { values, vectors } = informative(symmetricEigen(covariance(table)));
  if (values.length === 0) return fail(noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL'));
  const along = (cells: readonly number[]) => {
    const excess = excessOf(cells, table);
    return vectors.map((vector) => sum(vector.map((part, direction) => part * excess[direction]!)));
  };
  const statistic = sum(along(table.total).map((part, direction) => part ** 2 / values[direction]!));
  const residuals = (cells: readonly number[]) => {
    const images = sum(cells);
    return along(cells).map((part) => (images > 0 ? part / images : null));
  };
  return stratifiedTest(table, figure(statistic), values.length, residuals, values);
}

function informative({ values, vectors }: SymmetricEigen): SymmetricEigen {
  const least = NEGLIGIBLE * Math.max(0, ...values);
  const kept = values.flatMap((value, index) => (value > least ? [index] : []));
  return { values: kept.map((index) => values[index]!), vectors: kept.map((index) => vectors[index]!) };
}

interface Margins {
  readonly cells: readonly number[];
  readonly size: number;
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** Counts, size and margin shares of every stratum that is not empty. */
function strataOf(cells: readonly number[], rows: number, columns: number): Margins[] {
  const strata = Array.from({ length: cells.length / (rows * columns) }, (_, stratum) => {
    const own = cells.slice(stratum * rows * columns, (stratum + 1) * rows * columns);
    const size = sum(own);
    const rowShares = new Array<number>(rows).fill(0);
    const columnShares = new Array<number>(columns).fill(0);
    own.forEach((count, cell) => {
      const [row, column] = [Math.floor(cell / columns), cell % columns];
      rowShares[row] = rowShares[row]! + count / size;
      columnShares[column] = columnShares[column]! + count / size;
    });
    return { cells: own, size, rows: rowShares, columns: columnShares };
  });
  return strata.filter(({ size }) => size > 0);
}

/** G: a direction for every cell but those of the last row and column. */
function excessOf(cells: readonly number[], { rows, columns }: StratifiedTable): number[] {
  const excess = new Array<number>((rows - 1) * (columns - 1)).fill(0);
  for (const stratum of strataOf(cells, rows, columns)) {
    for (let direction = 0; direction < excess.length; direction += 1) {
      const [row, column] = [Math.floor(direction / (columns - 1)), direction % (columns - 1)];
      const expected = stratum.size * stratum.rows[row]! * stratum.columns[column]!;
      excess[direction] = excess[direction]! + stratum.cells[row * columns + column]! - expected;
    }
  }
  return excess;
}

function covariance({ total, rows, columns }: StratifiedTable): number[][] {
  const size = (rows - 1) * (columns - 1);
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const spread = (shares: readonly number[], i: number, j: number) =>
    (i === j ? shares[i]! : 0) - shares[i]! * shares[j]!;
  for (const stratum of strataOf(total, rows, columns)) {
    if (stratum.size < 2) continue;
    const factor = stratum.size ** 2 / (stratum.size - 1);
    matrix.forEach((line, first) => {
      const [row, column] = [Math.floor(first / (columns - 1)), first % (columns - 1)];
      for (let second = 0; second < size; second += 1) {
        const [otherRow, otherColumn] = [Math.floor(second / (columns - 1)), second % (columns - 1)];
        const both = spread(stratum.rows, row, otherRow) * spread(stratum.columns, column, otherColumn);
        line[second] = line[second]! + factor * both;
      }
    });
  }
  return matrix;
}
