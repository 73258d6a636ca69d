import { type Figure, figure, noFigure } from './figure.ts';
import { sum } from './sum.ts';

export interface LabelDistribution {
  /** LD, range [0, ∞): 0 where every fold has the shares of the whole. */
  readonly value: Figure;
  /** Standard deviation (divisor k − 1) over the folds of each class's share. */
  readonly deviations: readonly Figure[];
  /** Classes that some fold's images all have (p = 1): their odds are infinite, and LD leaves them out. */
  readonly excludedClasses: readonly number[];
}

/**
 * How evenly k folds share K classes: LD = 1/K Σ_j 1/k Σ_i |p_ij/(1−p_ij) − p_j/(1−p_j)|, p_ij = the share of fold i's
 * images with class j (they may have several), p_j of all images. `positives[j][i]` counts them, `sizes[i]` the images.
 * Fewer than two folds: NOT_APPLICABLE; an empty fold: EMPTY; no class left: UNDEFINED. It describes the folds as they
 * are and so has no interval. Sechidis, Tsoumakas & Vlahavas 2011, ECML PKDD, LNCS 6913:145.
 */
export function labelDistribution(
  positives: readonly (readonly number[])[],
  sizes: readonly number[],
): LabelDistribution {
  const fault = faultOf(positives.length, sizes);
  if (fault !== null) return { value: fault, deviations: positives.map(() => fault), excludedClasses: [] };
  const images = sum(sizes);
  const shares = positives.map((counts) => counts.map((count, fold) => count / sizes[fold]!));
  const isWhole = (ofFolds: readonly number[]) => ofFolds.some((share) => share >= 1);
  const distances = shares.flatMap((ofFolds, label) => {
    if (isWhole(ofFolds)) return [];
    const whole = odds(sum(positives[label]!) / images);
    return [sum(ofFolds.map((share) => Math.abs(odds(share) - whole))) / sizes.length];
  });
  return {
    value:
      distances.length > 0
        ? figure(sum(distances) / distances.length)
        : noFigure('UNDEFINED', 'EVERY_CLASS_EVERYWHERE'),
    deviations: shares.map((ofFolds) => figure(deviation(ofFolds))),
    excludedClasses: shares.flatMap((ofFolds, label) => (isWhole(ofFolds) ? [label] : [])),
  };
}

function faultOf(classes: number, sizes: readonly number[]): Figure | null {
  if (sizes.length < 2) return noFigure('NOT_APPLICABLE', 'SINGLE_FOLD');
  if (classes === 0) return noFigure('NOT_APPLICABLE', 'NO_CLASS');
  return sizes.includes(0) ? noFigure('EMPTY', 'EMPTY_FOLD') : null;
}

function odds(share: number): number {
  return share / (1 - share);
}

function deviation(values: readonly number[]): number {
  const mean = sum(values) / values.length;
  return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
}
