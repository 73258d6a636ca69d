import type { BucketedTable } from './jackknife.ts';

/** Counts of `rows` label classes × `columns` attribute values, row by row (cell = row·columns + column). */
export interface ContingencyTable extends BucketedTable {
  readonly rows: number;
  readonly columns: number;
}

export interface Margins {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly total: number;
  /** Numbers of rows and columns that are not empty. */
  readonly rowLevels: number;
  readonly columnLevels: number;
}

/** Row sums, column sums and grand total of one vector of cells. */
export function margins(cells: readonly number[], columnCount: number): Margins {
  const rows = new Array<number>(columnCount === 0 ? 0 : cells.length / columnCount).fill(0);
  const columns = new Array<number>(columnCount).fill(0);
  let total = 0;
  for (let row = 0, cell = 0; row < rows.length; row += 1) {
    for (let column = 0; column < columnCount; column += 1, cell += 1) {
      const count = cells[cell]!;
      rows[row] = rows[row]! + count;
      columns[column] = columns[column]! + count;
      total += count;
    }
  }
  const levels = (counts: readonly number[]) => counts.filter((count) => count > 0).length;
  return { rows, columns, total, rowLevels: levels(rows), columnLevels: levels(columns) };
}

/** n_i·n_j/N of each cell: the counts expected of independence; all 0 for an empty table. */
export function expectedCounts({ rows, columns, total }: Margins): number[] {
  return rows.flatMap((row) => columns.map((column) => (total > 0 ? (row * column) / total : 0)));
}
