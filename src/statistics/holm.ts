import { ascendingP } from './ascending-p.ts';

/**
 * Holm's step-down p-values of one family: p ascending, max_{j≤k} (m−j+1)·p_(j), at most 1. Null p-values stay
 * null and do not count in m. Holm 1979, Scandinavian Journal of Statistics 6:65.
 */
export function holm(p: readonly (number | null)[]): (number | null)[] {
  const ascending = ascendingP(p);
  const adjusted: (number | null)[] = p.map(() => null);
  let largest = 0;
  ascending.forEach(({ value, index }, position) => {
    largest = Math.min(1, Math.max(largest, (ascending.length - position) * value));
    adjusted[index] = largest;
  });
  return adjusted;
}
