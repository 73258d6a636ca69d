/**
 * Share of an item's pairs of annotators who agree, Σ_c n_c(n_c−1)/(m(m−1)), from its ratings (class indexes, one for each
 * annotator). Range [0, 1]; null with fewer than two ratings.
 */
export function itemAgreement(ratings: readonly number[]): number | null {
  const m = ratings.length;
  if (m < 2) return null;
  const counts = new Map<number, number>();
  for (const rating of ratings) counts.set(rating, (counts.get(rating) ?? 0) + 1);
  let pairs = 0;
  for (const count of counts.values()) pairs += count * (count - 1);
  return pairs / (m * (m - 1));
}
