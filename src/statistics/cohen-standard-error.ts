import { cohenCells } from './cohen-cells.ts';
import { sum } from './sum.ts';

/**
 * Standard error of Cohen's κ (weighted) where items are independent of each other, from a K×K table of counts row by row:
 * Var = [Σ p_ij(w_ij − (w̄_i. + w̄_.j)(1−κ))² − (κ − p_e(1−κ))²]/(N(1−p_e)²), w̄_i. = Σ_j c_j w_ij, w̄_.j = Σ_i r_i w_ij. Null for an
 * empty table or p_e = 1. Fleiss, Cohen & Everitt 1969, Psychological Bulletin 72:323.
 */
export function cohenStandardError(table: readonly number[], weights: readonly number[]): number | null {
  const classes = Math.sqrt(table.length);
  const [agreeing, ...margins] = cohenCells(table, weights);
  const items = sum(table);
  if (items === 0) return null;
  const place = Array.from({ length: classes }, (_, c) => c);
  const rows = place.map((i) => margins[i]! / items);
  const columns = place.map((j) => margins[classes + j]! / items);
  const weight = (i: number, j: number) => weights[i * classes + j]!;
  const ofRow = place.map((i) => sum(place.map((j) => columns[j]! * weight(i, j))));
  const ofColumn = place.map((j) => sum(place.map((i) => rows[i]! * weight(i, j))));
  const expected = sum(place.map((i) => rows[i]! * ofRow[i]!));
  if (1 - expected <= 1e-12) return null;
  const kappa = (agreeing! / items - expected) / (1 - expected);
  const squares = sum(
    table.map((count, cell) => {
      const [i, j] = [Math.floor(cell / classes), cell % classes];
      return (count / items) * (weights[cell]! - (ofRow[i]! + ofColumn[j]!) * (1 - kappa)) ** 2;
    }),
  );
  const variance = (squares - (kappa - expected * (1 - kappa)) ** 2) / (items * (1 - expected) ** 2);
  return Math.sqrt(Math.max(0, variance));
}
