/** What the raters of one item say together. */
export interface VoteShare {
  /** Share of the raters who gave each class; null: nobody rated it. */
  readonly soft: readonly number[] | null;
  /** The class of most raters; null where several tie, or nobody rated it. */
  readonly hard: number | null;
  /** The classes that no other outvotes, ascending: more than one is a tie, which is kept as one. */
  readonly tied: readonly number[];
  /** H/ln K in [0, 1]; null with fewer than two ratings (one opinion is no consensus), or where there is but one class. */
  readonly entropy: number | null;
}

/**
 * Vote shares n_c/m of one item from the counts n_c of raters who gave it class c, of K classes. Entropy H = −Σ s ln s
 * (Shannon 1948) over ln K. Specification §6.2.
 */
export function voteShare(counts: readonly number[]): VoteShare {
  let ratings = 0;
  let most = 0;
  for (const count of counts) {
    ratings += count;
    if (count > most) most = count;
  }
  if (ratings === 0) return { soft: null, hard: null, tied: [], entropy: null };
  const soft = counts.map((count) => count / ratings);
  const tied = counts.flatMap((count, c) => (count === most ? [c] : []));
  let entropy = 0;
  for (const share of soft) if (share > 0 && share < 1) entropy -= share * Math.log(share);
  return {
    soft,
    hard: tied.length === 1 ? tied[0]! : null,
    tied,
    entropy: ratings < 2 || counts.length < 2 ? null : Math.min(1, entropy / Math.log(counts.length)),
  };
}
