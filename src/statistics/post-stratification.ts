import { type Figure, figure, noFigure } from './figure.ts';
import { normalized } from './normalized.ts';

/** `weights` are null for strata without images, or with so small a share that no finite weight makes up for it. */
export interface PostStratification {
  readonly weights: readonly (number | null)[];
  readonly efficiency: Figure;
}

/**
 * Weights π_s/p_s that would bring the images to the target, and Kish's efficiency 1/Σ(π_s²/p_s): the share of N left
 * after re-weighting, range (0, 1]. A stratum of the target without images: efficiency null, EMPTY_STRATUM.
 * Kish 1965, Survey Sampling, §11.7.
 */
export function postStratification(counts: readonly number[], target: readonly number[]): PostStratification {
  const p = normalized(counts);
  if (p === null) return { weights: counts.map(() => null), efficiency: noFigure('EMPTY', 'NO_IMAGE') };
  const weights = p.map((share, stratum) => {
    const weight = target[stratum]! / share;
    return Number.isFinite(weight) ? weight : null;
  });
  const isEmpty = weights.some((weight, stratum) => weight === null && target[stratum]! > 0);
  if (isEmpty) return { weights, efficiency: noFigure('UNDEFINED', 'EMPTY_STRATUM') };
  let cost = 0;
  weights.forEach((weight, stratum) => {
    cost += (weight ?? 0) * target[stratum]!;
  });
  return { weights, efficiency: cost > 0 ? figure(1 / cost) : noFigure('UNDEFINED', 'OUT_OF_TARGET') };
}
