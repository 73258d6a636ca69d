import { type Figure, figure, noFigure } from './figure.ts';

/**
 * W₁ = ∫ |F − G| of two samples, both ascending and without NaN: how far, on average, a value has to move for one to
 * become the other, in their unit. Range [0, ∞). An empty sample: EMPTY. Vallender 1974, Theory of Probability 18:784.
 */
export function wassersteinDistance(first: Float64Array, second: Float64Array): Figure {
  if (first.length === 0 || second.length === 0) return noFigure('EMPTY', 'NO_VALUE_KNOWN');
  let [i, j, area] = [0, 0, 0];
  let last = Math.min(first[0]!, second[0]!);
  while (i < first.length || j < second.length) {
    const value = Math.min(first[i] ?? Infinity, second[j] ?? Infinity);
    area += Math.abs(i / first.length - j / second.length) * (value - last);
    while (i < first.length && first[i] === value) i += 1;
    while (j < second.length && second[j] === value) j += 1;
    last = value;
  }
  return figure(area);
}
