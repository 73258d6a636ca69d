import type { Colour, Verdict } from '../../statistics/colour.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { type Comparisons, verdictAmong } from '../../statistics/verdict-among.ts';

const ORDER: readonly Colour[] = ['RED', 'AMBER', 'GREY', 'GREEN'];

/** Rows that are judged as the many comparisons they are. */
export function judgedAmong<Row extends { readonly verdict: Verdict }>(
  rows: readonly Row[],
  figureOf: (row: Row) => Estimate,
  against: Omit<Comparisons, 'comparisons'> = { nothing: 0 },
): Row[] {
  const comparisons = { comparisons: rows.length, ...against };
  return rows.map((row) => ({ ...row, verdict: verdictAmong(row.verdict, figureOf(row), comparisons) }));
}

/** Orders rows by colour, then by what is sure of their effect, then by its size; a larger effect is worse. */
export function worstFirst<Row extends { readonly verdict: Verdict }>(
  rows: readonly Row[],
  effectOf: (row: Row) => Estimate,
): Row[] {
  const sure = (row: Row) => effectOf(row).interval?.lower ?? -1;
  const size = (row: Row) => effectOf(row).value ?? -1;
  return rows.toSorted(
    (a, b) =>
      ORDER.indexOf(a.verdict.colour) - ORDER.indexOf(b.verdict.colour) ||
      sure(b) - sure(a) ||
      size(b) - size(a),
  );
}
