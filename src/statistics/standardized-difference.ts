import { type Figure, figure, noFigure } from './figure.ts';
import { normalized } from './normalized.ts';

/**
 * √(dᵀS⁻¹d) of two distributions over the same levels (counts or shares), one level dropped, S the mean of the two
 * multinomial covariances. With m = (p+π)/2, S = diag(m) − mmᵀ − ¼ddᵀ, so by Sherman–Morrison it is √(A/(1 − A/4)),
 * A = Σ d²/m over levels that are not empty on both sides. Range [0, ∞); two levels: |p − π| over the pooled standard
 * deviation. A side without images: EMPTY; no level in common: UNDEFINED. Yang & Dalton 2012, SAS Global Forum 335.
 */
export function standardizedDifference(first: readonly number[], second: readonly number[]): Figure {
  const [p, q] = [normalized(first), normalized(second)];
  if (p === null || q === null) return noFigure('EMPTY', 'NO_IMAGE');
  if (!p.some((share, level) => share > 0 && q[level]! > 0))
    return noFigure('UNDEFINED', 'NO_LEVEL_IN_COMMON');
  let a = 0;
  p.forEach((share, level) => {
    const middle = (share + q[level]!) / 2;
    if (middle > 0) a += (share - q[level]!) ** 2 / middle;
  });
  return figure(Math.sqrt(a / (1 - a / 4)));
}
