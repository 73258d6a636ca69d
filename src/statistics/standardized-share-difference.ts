import { type Figure, figure, noFigure } from './figure.ts';

/**
 * (p − π)/√((p(1−p) + π(1−π))/2) of one share against another, signed. Range (−∞, ∞). Both 0 or both 1: 0; one 0 and
 * the other 1: UNDEFINED. Austin 2009, Communications in Statistics 38:1228.
 */
export function standardizedShareDifference(share: number, reference: number): Figure {
  if (share === reference) return figure(0);
  const variance = (share * (1 - share) + reference * (1 - reference)) / 2;
  return variance > 0
    ? figure((share - reference) / Math.sqrt(variance))
    : noFigure('UNDEFINED', 'NO_VARIATION');
}
