import { chiSquareStatistics } from './chi-square-statistics.ts';
import { type MultinomialSampler, multinomialSampler } from './multinomial-sampler.ts';

const DRAWS = 2000;

/** Whether the chi-square law is a poor guide and drawing is affordable: an expected count below 5, N ≤ 10⁴. */
export function needsMonteCarlo(expected: readonly number[], images: number): boolean {
  return images <= 10_000 && expected.some((count) => count > 0 && count < 5);
}

/**
 * p = (1 + #{X²* ≥ X²})/(2001) from 2000 multinomial draws of N images. `expectedOf` gives the expected counts of a
 * drawn table (constant for fit, from its own margins for independence). `random` yields uniform numbers in [0, 1);
 * the same stream gives the same p. Davison & Hinkley 1997, §4.2.
 */
export function monteCarloP(
  chiSquare: number,
  images: number,
  shares: readonly number[],
  expectedOf: (drawn: readonly number[]) => readonly number[],
  random: () => number,
): number {
  const draw: MultinomialSampler = multinomialSampler(shares, random);
  const limit = chiSquare * (1 - 1e-9);
  let atLeast = 0;
  for (let round = 0; round < DRAWS; round += 1) {
    const drawn = draw(images);
    if (chiSquareStatistics(drawn, expectedOf(drawn)).chiSquare >= limit) atLeast += 1;
  }
  return (1 + atLeast) / (DRAWS + 1);
}
