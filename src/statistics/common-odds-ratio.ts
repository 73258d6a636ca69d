import { type Figure, figure, noFigure } from './figure.ts';

/**
 * Mantel–Haenszel odds ratio Σ(ad/n)/Σ(bc/n) over strata of cells [a, b, c, d], range (0, ∞). Either sum 0: UNDEFINED
 * NO_INFORMATIVE_STRATUM; no image: EMPTY. Mantel & Haenszel 1959, JNCI 22:719.
 */
export function commonOddsRatio(cells: readonly number[]): Figure {
  let [above, below, images] = [0, 0, 0];
  for (let cell = 0; cell < cells.length; cell += 4) {
    const [a, b, c, d] = [cells[cell]!, cells[cell + 1]!, cells[cell + 2]!, cells[cell + 3]!];
    const size = a + b + c + d;
    if (size === 0) continue;
    images += size;
    above += (a * d) / size;
    below += (b * c) / size;
  }
  if (images === 0) return noFigure('EMPTY', 'NO_IMAGE');
  return above > 0 && below > 0 ? figure(above / below) : noFigure('UNDEFINED', 'NO_INFORMATIVE_STRATUM');
}
