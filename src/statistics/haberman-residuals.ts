import { type ContingencyTable, margins } from './contingency-table.ts';
import { normalUpperTail } from './normal-upper-tail.ts';

/** One cell against independence; `expectedUnits` = U·p_i·p_j. `residual` and `p` are null where they do not exist. */
export interface CellResidual {
  readonly row: number;
  readonly column: number;
  readonly count: number;
  readonly expected: number;
  readonly expectedUnits: number;
  readonly residual: number | null;
  readonly p: number | null;
}

/**
 * (n − E)/√(E(1−p_i)(1−p_j)·δ̄) of every cell, about standard normal under independence, and its two-sided p. δ̄ is the
 * Rao–Scott design effect of `independenceTest`, at least 1; null there: no residual and no p here. A row or column
 * that is empty or holds everything: null. Haberman 1973, Biometrics 29:205.
 */
export function habermanResiduals(table: ContingencyTable, designEffect: number | null): CellResidual[] {
  const { rows, columns, total } = margins(table.total, table.columns);
  return table.total.map((count, cell) => {
    const column = cell % table.columns;
    const row = (cell - column) / table.columns;
    const [rowShare, columnShare] = total > 0 ? [rows[row]! / total, columns[column]! / total] : [0, 0];
    const expected = total > 0 ? (rows[row]! * columns[column]!) / total : 0;
    const variance = expected * (1 - rowShare) * (1 - columnShare) * Math.max(1, designEffect ?? 1);
    const residual = designEffect !== null && variance > 0 ? (count - expected) / Math.sqrt(variance) : null;
    const p = residual === null ? null : Math.min(1, 2 * normalUpperTail(Math.abs(residual)));
    return {
      row,
      column,
      count,
      expected,
      expectedUnits: table.unitCount * rowShare * columnShare,
      residual,
      p,
    };
  });
}
