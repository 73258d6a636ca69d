import { type Figure, figure, noFigure } from './figure.ts';

/**
 * D = sup |F − G| of two samples, both ascending and without NaN: the largest difference of their cumulative shares.
 * Range [0, 1]. An empty sample: EMPTY. Smirnov 1939; Hodges 1958, Arkiv för Matematik 3:469.
 */
export function kolmogorovSmirnov(first: Float64Array, second: Float64Array): Figure {
  if (first.length === 0 || second.length === 0) return noFigure('EMPTY', 'NO_VALUE_KNOWN');
  let [i, j, largest] = [0, 0, 0];
  while (i < first.length && j < second.length) {
    const value = Math.min(first[i]!, second[j]!);
    while (i < first.length && first[i] === value) i += 1;
    while (j < second.length && second[j] === value) j += 1;
    largest = Math.max(largest, Math.abs(i / first.length - j / second.length));
  }
  return figure(largest);
}
