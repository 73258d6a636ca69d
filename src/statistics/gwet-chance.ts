import { sum } from './sum.ts';

/** Agreement by chance after Gwet: T_w/(K(K−1)) · Σ_c s_c(1−π_c), s = π unless given. K ≥ 2. Gwet 2008. */
export function gwetChance(
  means: readonly number[],
  weights: readonly number[],
  shares: readonly number[] = means,
): number {
  const classes = means.length;
  const spread = sum(shares.map((share, c) => share * (1 - means[c]!)));
  return (sum(weights) / (classes * (classes - 1))) * spread;
}
