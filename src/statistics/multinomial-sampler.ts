/** Draws n independent picks and gives the count of each cell. */
export type MultinomialSampler = (n: number) => number[];

/**
 * Sampler of the multinomial distribution with these shares (they are normalised by their sum), O(1) a pick by the
 * alias method. `random` yields uniform numbers in [0, 1). Walker 1977; Vose 1991, IEEE Trans. Software Eng. 17:972.
 */
export function multinomialSampler(shares: readonly number[], random: () => number): MultinomialSampler {
  const size = shares.length;
  const total = shares.reduce((sum, share) => sum + share, 0);
  const keep = shares.map((share) => (share / total) * size);
  const alias = shares.map((_, cell) => cell);
  const small: number[] = [];
  const large: number[] = [];
  keep.forEach((weight, cell) => {
    (weight < 1 ? small : large).push(cell);
  });
  while (small.length > 0 && large.length > 0) {
    const less = small.pop()!;
    const more = large.pop()!;
    alias[less] = more;
    keep[more] = keep[more]! + keep[less]! - 1;
    (keep[more]! < 1 ? small : large).push(more);
  }
  return (n) => {
    const counts = new Array<number>(size).fill(0);
    for (let pick = 0; pick < n; pick += 1) {
      const place = random() * size;
      const cell = Math.floor(place);
      const chosen = place - cell < keep[cell]! ? cell : alias[cell]!;
      counts[chosen] = counts[chosen]! + 1;
    }
    return counts;
  };
}
