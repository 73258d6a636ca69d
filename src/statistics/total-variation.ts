import { type Figure, figure, noFigure } from './figure.ts';
import { normalized } from './normalized.ts';

/**
 * TV = ½ Σ |p − π|, the share of images that would have to move for one distribution to become the other; counts or
 * shares over the same levels. Range [0, 1]. A side without images: EMPTY. Levin, Peres & Wilmer 2017, §4.1.
 */
export function totalVariation(first: readonly number[], second: readonly number[]): Figure {
  const [p, q] = [normalized(first), normalized(second)];
  if (p === null || q === null) return noFigure('EMPTY', 'NO_IMAGE');
  return figure(Math.min(1, p.reduce((total, share, level) => total + Math.abs(share - q[level]!), 0) / 2));
}
