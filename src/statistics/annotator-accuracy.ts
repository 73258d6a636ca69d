import { type Figure, figure, noFigure } from './figure.ts';

/**
 * Σ_c p_c π_cc: how often an annotator says the true class, of items in the proportions p; `confusion` row by row of true
 * class, rows summing to 1. Range [0, 1]. No class: EMPTY. Dawid & Skene 1979; specification §6.2.
 */
export function annotatorAccuracy(classPrior: ArrayLike<number>, confusion: ArrayLike<number>): Figure {
  const classes = classPrior.length;
  if (classes === 0) return noFigure('EMPTY', 'NO_CLASS');
  let accuracy = 0;
  for (let c = 0; c < classes; c += 1) accuracy += classPrior[c]! * confusion[c * classes + c]!;
  return figure(Math.min(1, accuracy));
}
