import type { DetectionCounts } from './detection-counts.ts';
import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { SHARE } from './jackknife-interval.ts';
import { panopticQuality } from './panoptic-quality.ts';

export interface DetectionAgreement {
  /** F1 = 2·TP/(n_a + n_b) over all pairs of annotators on all images, matched at an overlap of .5, and of .75. */
  readonly f1At50: Estimate;
  readonly f1At75: Estimate;
  /** Mean overlap of the boxes matched at .5. */
  readonly meanOverlap: Estimate;
  readonly panopticQuality: Estimate;
  /** Share of the boxes matched at .5 that are of one class. */
  readonly classAgreement: Estimate;
  /** Share, among images that either annotator left without a box, of those that both did. */
  readonly bothEmpty: Estimate;
}

/** The cells of `detectionTable`, in this order. */
export const DETECTION_CELLS = [
  'boxes',
  'matchedAt50',
  'overlapAt50',
  'sameClass',
  'matchedAt75',
  'bothEmpty',
  'oneEmpty',
] as const satisfies readonly (keyof DetectionCounts)[];

/**
 * Agreement of annotators on objects, from cells added up per jackknife bucket: `drawn` over the images on which one of the
 * compared drew a box, `empty` over those that one of them left without. An image that nobody looked at, or one alone,
 * is in neither: no box is a statement only of somebody who saw the image. No image seen by two: NOT_APPLICABLE,
 * NO_OVERLAP; no box drawn anywhere: NOT_APPLICABLE, NO_OBJECT.
 */
export function detectionAgreement(drawn: BucketedTable, empty: BucketedTable): DetectionAgreement {
  const nothing = empty.imageCount > 0 ? 'NO_OBJECT' : 'NO_OVERLAP';
  const share = (part: number, whole: number, reason: string): Figure =>
    whole > 0 ? figure(Math.min(1, part / whole)) : noFigure('NOT_APPLICABLE', reason);
  const of = (method: string, formula: (cells: readonly number[]) => Figure): Estimate =>
    jackknifeEstimate(drawn, formula, { method, range: SHARE });
  const [boxes, matched, overlap, same, matchedAt75] = [0, 1, 2, 3, 4] as const;
  return {
    f1At50: of('F1 of boxes matched at IoU .5', (cells) =>
      share(2 * cells[matched]!, cells[boxes]!, nothing),
    ),
    f1At75: of('F1 of boxes matched at IoU .75', (cells) =>
      share(2 * cells[matchedAt75]!, cells[boxes]!, nothing),
    ),
    meanOverlap: of('mean IoU of the matched boxes', (cells) =>
      share(cells[overlap]!, cells[matched]!, cells[boxes]! > 0 ? 'NO_MATCH' : nothing),
    ),
    panopticQuality: of('panoptic quality, boxes', (cells) => {
      const quality = panopticQuality(cells[overlap]!, cells[boxes]!);
      return quality.value === null ? noFigure('NOT_APPLICABLE', nothing) : quality;
    }),
    classAgreement: of('class agreement of the matched boxes', (cells) =>
      share(cells[same]!, cells[matched]!, cells[boxes]! > 0 ? 'NO_MATCH' : nothing),
    ),
    bothEmpty: jackknifeEstimate(
      empty,
      (cells) =>
        share(cells[5]!, cells[5]! + cells[6]!, drawn.imageCount > 0 ? 'NO_EMPTY_IMAGE' : 'NO_OVERLAP'),
      { method: 'both left the image empty, of images left empty by either', range: SHARE },
    ),
  };
}
