/** Draws n independent picks and gives the count of each cell. */
export type MultinomialSampler = (n: number) => number[];

/** Above this mean (1 − p)ⁿ nears the smallest double, so a draw is made in pieces. */
const LARGEST_MEAN = 500;

/**
 * Sampler of the multinomial distribution with these shares (they are normalised by their sum): a chain of binomials,
 * each cell given what the cells before it left. `random` yields uniform numbers in [0, 1), one for each cell and
 * piece. Davis 1993, Computational Statistics & Data Analysis 16:205.
 */
export function multinomialSampler(shares: readonly number[], random: () => number): MultinomialSampler {
  // Share of each cell among itself and the cells after it, summed from the end so that it never exceeds 1.
  const conditional = new Array<number>(shares.length);
  let rest = 0;
  for (let cell = shares.length - 1; cell >= 0; cell -= 1) {
    rest += shares[cell]!;
    conditional[cell] = rest > 0 ? shares[cell]! / rest : 0;
  }
  return (n) => {
    let left = n;
    return conditional.map((share) => {
      const count = left === 0 ? 0 : binomial(left, share, random);
      left -= count;
      return count;
    });
  };
}

/** Binomial draw by inversion (BINV, Kachitvichyanukul & Schmeiser 1988), O(n·min(p, 1 − p)) and one uniform a piece. */
function binomial(n: number, p: number, random: () => number): number {
  if (p >= 1) return n;
  if (p > 0.5) return n - binomial(n, 1 - p, random);
  const piece = Math.max(1, Math.floor(LARGEST_MEAN / Math.max(p, Number.MIN_VALUE)));
  let count = 0;
  for (let at = 0; at < n; at += piece) count += invert(Math.min(piece, n - at), p, random());
  return count;
}

function invert(n: number, p: number, uniform: number): number {
  const odds = p / (1 - p);
  let probability = (1 - p) ** n;
  let beyond = uniform;
  let count = 0;
  while (beyond > probability && count < n) {
    beyond -= probability;
    count += 1;
    probability *= (odds * (n - count + 1)) / count;
  }
  return count;
}
