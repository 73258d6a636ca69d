/** Pairs of a positive and a negative, and how many of them the positive wins by its score, ties counting half. */
export interface PairsWon {
  readonly won: number;
  readonly pairs: number;
}

/** Σ_b P_b·(Σ_{a<b} N_a + N_b/2) and P·N of two histograms over the same ascending bins: the U of Mann & Whitney 1947. */
export function pairsWon(positives: ArrayLike<number>, negatives: ArrayLike<number>): PairsWon {
  let [below, won, positive] = [0, 0, 0];
  for (let bin = 0; bin < positives.length; bin += 1) {
    won += positives[bin]! * (below + negatives[bin]! / 2);
    below += negatives[bin]!;
    positive += positives[bin]!;
  }
  return { won, pairs: positive * below };
}
