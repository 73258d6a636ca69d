import { type ContingencyTable, expectedCounts, margins } from './contingency-table.ts';
import { raoScott } from './rao-scott.ts';

/**
 * Mean design effect δ̄ of Pearson's X² of independence, of the residual p_ij − p_i·p_j (`raoScott`): 1 where images are
 * drawn one by one; null where it cannot be had. Rao & Scott 1984, Annals of Statistics 12:46.
 */
export function independenceDesignEffect(table: ContingencyTable): number | null {
  const { columns } = table;
  const sums = margins(table.total, columns);
  const shares = expectedCounts(sums).map((count) => (sums.total > 0 ? count / sums.total : 0));
  const degreesOfFreedom = Math.max(0, (sums.rowLevels - 1) * (sums.columnLevels - 1));
  return raoScott(table, (cells) => residuals(cells, columns), shares, sums.total, degreesOfFreedom);
}

function residuals(cells: readonly number[], columnCount: number): (number | null)[] {
  const { rows, columns, total } = margins(cells, columnCount);
  if (total === 0) return cells.map(() => null);
  return cells.map((count, cell) => {
    const column = cell % columnCount;
    const row = (cell - column) / columnCount;
    return count / total - (rows[row]! / total) * (columns[column]! / total);
  });
}
