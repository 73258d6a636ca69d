/** Pearson's X² and the likelihood ratio G against the same expected counts. */
export interface ChiSquareStatistics {
  readonly chiSquare: number;
  readonly likelihoodRatio: number;
}

/** X² = Σ (n − e)²/e and G = 2 Σ n ln(n/e), 0·ln 0 = 0, over cells with e > 0. Range [0, ∞). Pearson 1900; Wilks 1935. */
export function chiSquareStatistics(
  observed: readonly number[],
  expected: readonly number[],
): ChiSquareStatistics {
  let chiSquare = 0;
  let likelihoodRatio = 0;
  observed.forEach((count, cell) => {
    const e = expected[cell]!;
    if (!(e > 0)) return;
    chiSquare += (count - e) ** 2 / e;
    if (count > 0) likelihoodRatio += 2 * count * Math.log(count / e);
  });
  return { chiSquare, likelihoodRatio: Math.max(0, likelihoodRatio) };
}
