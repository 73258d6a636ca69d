import { type Figure, figure, noFigure } from './figure.ts';
import { normalized } from './normalized.ts';

/**
 * JSD = H(m) − ½H(p) − ½H(π), m = (p + π)/2, in bits; counts or shares over the same levels. Range [0, 1]; its root
 * is the distance some packages print. A side without images: EMPTY. Lin 1991, IEEE Trans. Information Theory 37:145.
 */
export function jensenShannonDivergence(first: readonly number[], second: readonly number[]): Figure {
  const [p, q] = [normalized(first), normalized(second)];
  if (p === null || q === null) return noFigure('EMPTY', 'NO_IMAGE');
  let bits = 0;
  p.forEach((share, level) => {
    const other = q[level]!;
    bits += (toMiddle(share, other) + toMiddle(other, share)) / 2;
  });
  return figure(Math.min(1, Math.max(0, bits)));
}

/** p · log2(p / m): the same sum as the entropies, without their cancellation. */
function toMiddle(share: number, other: number): number {
  return share === 0 ? 0 : share * Math.log2((2 * share) / (share + other));
}
