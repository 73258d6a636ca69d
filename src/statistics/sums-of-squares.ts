import { type Figure, noFigure } from './figure.ts';
import { sum } from './sum.ts';

/** `fault` says why no variance can be split: no image, a single level, a constant; else it is null. */
export interface SumsOfSquares {
  /** Levels that hold an image. */
  readonly levels: number;
  readonly count: number;
  readonly between: number;
  readonly within: number;
  readonly fault: Figure | null;
}

/**
 * SSB = Σ n_i(x̄_i − x̄)² and SSW = Σ(Σx² − (Σx)²/n_i) from 3k cells: n of each of k levels, then Σx, then Σx².
 * Squares below 1e-12 of Σx² are rounding, not variance. Fisher 1925.
 */
export function sumsOfSquares(cells: readonly number[]): SumsOfSquares {
  const k = cells.length / 3;
  const present = cells
    .slice(0, k)
    .flatMap((n, level) => (n > 0 ? [{ n, s: cells[k + level]!, q: cells[2 * k + level]! }] : []));
  const count = sum(present.map(({ n }) => n));
  const mean = sum(present.map(({ s }) => s)) / count;
  const rounding = 1e-12 * sum(present.map(({ q }) => q));
  const real = (squares: number) => (squares <= rounding ? 0 : squares);
  const between = real(sum(present.map(({ n, s }) => n * (s / n - mean) ** 2)));
  const within = real(sum(present.map(({ n, s, q }) => q - (s * s) / n)));
  return { levels: present.length, count, between, within, fault: faultOf(present.length, between + within) };
}

function faultOf(levels: number, squares: number): Figure | null {
  if (levels === 0) return noFigure('EMPTY', 'NO_IMAGE');
  if (levels === 1) return noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL');
  return squares === 0 ? noFigure('UNDEFINED', 'CONSTANT_VALUE') : null;
}
