import { type Figure, figure, noFigure } from './figure.ts';
import { pairsWon } from './pairs-won.ts';
import { sum } from './sum.ts';

/** Two histograms of one score over the same ascending bins. */
export interface ScoredGroups {
  readonly positives: ArrayLike<number>;
  readonly negatives: ArrayLike<number>;
}

/**
 * Area under the ROC curve: the chance that a positive scores above a negative, images of one bin counting half. Of several
 * strata (folds, each with a model of its own) only pairs within one are compared. Range [0, 1], .5 for no knowledge, below
 * .5 for a misleading score, given as it is. No image: EMPTY; no pair: NOT_APPLICABLE. Hanley & McNeil 1982, Radiology
 * 143:29; van Elteren 1960 (strata).
 */
export function areaUnderCurve(strata: readonly ScoredGroups[]): Figure {
  const compared = strata.map(({ positives, negatives }) => pairsWon(positives, negatives));
  const pairs = sum(compared.map((stratum) => stratum.pairs));
  if (pairs > 0) return figure(sum(compared.map(({ won }) => won)) / pairs);
  const isEmpty = (counts: ArrayLike<number>) => Array.from(counts).every((count) => count === 0);
  const noPositive = strata.every(({ positives }) => isEmpty(positives));
  const noNegative = strata.every(({ negatives }) => isEmpty(negatives));
  if (noPositive && noNegative) return noFigure('EMPTY', 'NO_IMAGE');
  return noFigure('NOT_APPLICABLE', noPositive || noNegative ? 'EMPTY_CLASS' : 'NO_PAIR_WITHIN_A_STRATUM');
}
