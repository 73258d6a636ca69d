import { ascendingP } from './ascending-p.ts';

/**
 * q-values of one family: p ascending, q_(k) = min_{j≥k} p_(j)·m/j, at most 1. Null p-values stay null and do not
 * count in m. Benjamini & Hochberg 1995, JRSS B 57:289.
 */
export function benjaminiHochberg(p: readonly (number | null)[]): (number | null)[] {
  const ascending = ascendingP(p);
  const q: (number | null)[] = p.map(() => null);
  let smallest = 1;
  for (let rank = ascending.length; rank > 0; rank -= 1) {
    const { value, index } = ascending[rank - 1]!;
    smallest = Math.min(smallest, (value * ascending.length) / rank);
    q[index] = smallest;
  }
  return q;
}
