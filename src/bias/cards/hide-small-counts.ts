import { type Basis, type Estimate, estimate, notEstimable } from '../../statistics/estimate.ts';
import { SMALLEST_SHOWN_COUNT, suppressSmallCounts } from '../../statistics/suppress-small-counts.ts';

/** The counts of one margin as estimates; of a personal dataset small ones are SUPPRESSED, and one more (§0.2). */
export function hideSmallCounts(counts: readonly number[], basis: Basis, personal: boolean): Estimate[] {
  if (personal) return suppressSmallCounts(counts, basis);
  return counts.map((value) => estimate({ ...basis, value }));
}

/** A figure that would give a suppressed count away is suppressed with it. */
export function hideWith(count: Estimate, figure: Estimate): Estimate {
  if (count.status !== 'SUPPRESSED') return figure;
  const { imageCount, unitCount } = count;
  return notEstimable('SUPPRESSED', 'WOULD_REVEAL_A_SMALL_COUNT', {
    imageCount,
    unitCount,
    method: figure.method,
  });
}

/**
 * The cells of a table that may not be told: small ones, and the smallest other cell of their row and of their column.
 */
export function smallCells(cells: readonly number[], columns: number): ReadonlySet<number> {
  const hidden = new Set<number>();
  const rows = columns === 0 ? 0 : cells.length / columns;
  const hide = (line: readonly number[]) => {
    const basis: Basis = { imageCount: 0, unitCount: 0, method: 'count' };
    const told = suppressSmallCounts(
      line.map((cell) => cells[cell]!),
      basis,
    );
    told.forEach((estimate, index) => {
      if (estimate.status === 'SUPPRESSED') hidden.add(line[index]!);
    });
  };
  if (!cells.some((count) => count > 0 && count < SMALLEST_SHOWN_COUNT)) return hidden;
  for (let row = 0; row < rows; row += 1) hide(Array.from({ length: columns }, (_, c) => row * columns + c));
  for (let column = 0; column < columns; column += 1)
    hide(Array.from({ length: rows }, (_, r) => r * columns + column));
  return hidden;
}
