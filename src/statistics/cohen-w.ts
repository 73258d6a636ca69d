import { type Figure, figure, noFigure } from './figure.ts';

/**
 * w = √(X²/N), the size of a chi-square effect; X² without any correction. Range [0, ∞). No image: EMPTY.
 * Cohen 1988, Statistical Power Analysis, §7.2.
 */
export function cohenW(chiSquare: number, imageCount: number): Figure {
  return imageCount > 0 ? figure(Math.sqrt(chiSquare / imageCount)) : noFigure('EMPTY', 'NO_IMAGE');
}
