/** Bins of a score; fine enough that ties within one do not move an area in its third digit. */
export const SCORE_BINS = 1000;

/**
 * Images by score: of each class and group (the images of one bucket and fold) 1000 bins of those without the class, then
 * 1000 of those with it; cell = ((class·groups + group)·2 + with)·1000 + bin.
 */
export interface ScoreHistograms {
  readonly classes: number;
  readonly groups: readonly ScoreGroup[];
  readonly counts: Uint32Array;
}

export interface ScoreGroup {
  readonly bucket: number;
  readonly fold: number;
}

/**
 * The bin of a probability p beside the class's share: p/(1 − p) over the odds of the share, to the power ¼, brought into
 * [0, 1). The area under the curve needs only the order, which this keeps; equal bins of p itself would hold all images of
 * a class of one in a thousand in the first bin.
 */
export function scoreBin(probability: number, shareOdds: number): number {
  const odds = probability / ((1 - probability) * shareOdds);
  if (!(odds < Infinity)) return probability > 0 ? SCORE_BINS - 1 : 0;
  const root = Math.sqrt(Math.sqrt(odds));
  return Math.min(SCORE_BINS - 1, Math.floor((SCORE_BINS * root) / (1 + root)));
}
