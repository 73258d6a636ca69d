import { type Figure, figure, noFigure } from './figure.ts';
import { sum } from './sum.ts';

/**
 * PSI = Σ (p̃ − π) ln(p̃/π), p̃ = (n + ½)/(N + S/2) over the S strata with π > 0. Range [0, ∞). Shown for comparison,
 * never coloured: its rule-of-thumb cut-offs ignore the sample size. No image: EMPTY; one stratum: NOT_APPLICABLE.
 * Yurdakul & Naranjo 2020, Journal of Risk Model Validation 14(4).
 */
export function populationStabilityIndex(counts: readonly number[], target: readonly number[]): Figure {
  const strata = target.flatMap((share, stratum) => (share > 0 ? [{ share, count: counts[stratum]! }] : []));
  const images = sum(strata.map(({ count }) => count));
  if (images === 0) return noFigure('EMPTY', 'NO_IMAGE');
  if (strata.length < 2) return noFigure('NOT_APPLICABLE', 'SINGLE_LEVEL');
  const terms = strata.map(({ share, count }) => {
    const smoothed = (count + 0.5) / (images + strata.length / 2);
    return (smoothed - share) * Math.log(smoothed / share);
  });
  return figure(Math.max(0, sum(terms)));
}
