import { margins } from './contingency-table.ts';
import { type Figure, figure, noFigure } from './figure.ts';

export interface GoodmanKruskal {
  readonly lambda: Figure;
  readonly tau: Figure;
}

/**
 * How much better the label (row) is guessed once the attribute (column) is known: by the commonest class,
 * λ = (Σ_j max_i n_ij − max_i n_i.)/(N − max_i n_i.), or in proportion, τ = (Σ_ij n_ij²/(N·n_.j) − Σ p_i²)/(1 − Σ p_i²).
 * Range [0, 1]; λ can be 0 though they depend. Both are in-sample, so never published: a stratum of one image "guesses"
 * itself (`leaveOneUnitOut` is published). One row or column: NOT_APPLICABLE. Goodman & Kruskal 1954, JASA 49:732.
 */
export function goodmanKruskal(cells: readonly number[], columnCount: number): GoodmanKruskal {
  const sums = margins(cells, columnCount);
  const n = sums.total;
  const both = (fault: Figure) => ({ lambda: fault, tau: fault });
  if (n === 0) return both(noFigure('EMPTY', 'NO_IMAGE'));
  if (sums.rowLevels < 2 || sums.columnLevels < 2) return both(noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL'));
  const most = new Array<number>(columnCount).fill(0);
  let proportional = 0;
  cells.forEach((count, cell) => {
    const column = cell % columnCount;
    most[column] = Math.max(most[column]!, count);
    if (count > 0) proportional += (count * count) / (n * sums.columns[column]!);
  });
  const commonest = Math.max(...sums.rows);
  const chance = sums.rows.reduce((total, count) => total + (count / n) ** 2, 0);
  const guessed = most.reduce((total, count) => total + count, 0);
  return {
    lambda: figure((guessed - commonest) / (n - commonest)),
    tau: figure((proportional - chance) / (1 - chance)),
  };
}
