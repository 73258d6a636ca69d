import type { DetectionCounts } from './detection-counts.ts';
import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { type Range, SHARE } from './jackknife-interval.ts';
import { panopticQuality } from './panoptic-quality.ts';

export interface DetectionAgreement {
  /** F1 = 2·TP/(n_a + n_b) over all pairs of annotators on all images, matched at an overlap of .5, and of .75. */
  readonly f1At50: Estimate;
  readonly f1At75: Estimate;
  /** F1 at .5 minus F1 at .75: large where the borders of objects are disputed, and not the objects. */
  readonly f1Drop: Estimate;
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

/** The cells over images on which one of the compared drew a box, over those with a match, over those that one left empty. */
export interface DetectionTables {
  readonly drawn: BucketedTable;
  readonly matched: BucketedTable;
  readonly empty: BucketedTable;
}

/**
 * Agreement of annotators on objects, from cells added up per jackknife bucket. An image that nobody looked at, or one
 * alone, is in no table: no box is a statement only of somebody who saw the image. No image seen by two: NOT_APPLICABLE,
 * NO_OVERLAP; no box drawn anywhere: NOT_APPLICABLE, NO_OBJECT; nothing matched: means over matches NOT_APPLICABLE, NO_MATCH.
 */
export function detectionAgreement({ drawn, matched, empty }: DetectionTables): DetectionAgreement {
  const nothing = empty.imageCount > 0 ? 'NO_OBJECT' : 'NO_OVERLAP';
  const noMatch = drawn.imageCount > 0 ? 'NO_MATCH' : nothing;
  const noEmpty = drawn.imageCount > 0 ? 'NO_EMPTY_IMAGE' : 'NO_OVERLAP';
  const of = (
    table: BucketedTable,
    method: string,
    reason: string,
    part: (counts: DetectionCounts) => number,
    whole: (counts: DetectionCounts) => number,
    range: Range = SHARE,
  ): Estimate => {
    const formula = (cells: readonly number[]): Figure => {
      const counts = countsOf(cells);
      if (!(whole(counts) > 0)) return noFigure('NOT_APPLICABLE', reason);
      return figure(Math.min(1, part(counts) / whole(counts)));
    };
    return jackknifeEstimate(table, formula, { method, range });
  };
  const boxes = (counts: DetectionCounts) => counts.boxes;
  const matches = (counts: DetectionCounts) => counts.matchedAt50;
  return {
    f1At50: of(drawn, 'F1 of boxes matched at IoU .5', nothing, (counts) => 2 * matches(counts), boxes),
    f1At75: of(drawn, 'F1 of boxes matched at IoU .75', nothing, (counts) => 2 * counts.matchedAt75, boxes),
    f1Drop: of(
      drawn,
      'F1 at IoU .5 minus F1 at IoU .75',
      nothing,
      (counts) => 2 * (counts.matchedAt50 - counts.matchedAt75),
      boxes,
      { lower: -1, upper: 1 },
    ),
    meanOverlap: of(matched, 'mean IoU of the matched boxes', noMatch, (c) => c.overlapAt50, matches),
    panopticQuality: jackknifeEstimate(
      drawn,
      (cells) => {
        const counts = countsOf(cells);
        const quality = panopticQuality(counts.overlapAt50, counts.boxes);
        return quality.value === null ? noFigure('NOT_APPLICABLE', nothing) : quality;
      },
      { method: 'panoptic quality, boxes', range: SHARE },
    ),
    classAgreement: of(
      matched,
      'class agreement of the matched boxes',
      noMatch,
      (counts) => counts.sameClass,
      matches,
    ),
    bothEmpty: of(
      empty,
      'both left the image empty, of images left empty by either',
      noEmpty,
      (counts) => counts.bothEmpty,
      (counts) => counts.bothEmpty + counts.oneEmpty,
    ),
  };
}

function countsOf(cells: readonly number[]): DetectionCounts {
  const counts = DETECTION_CELLS.map((cell, place) => [cell, cells[place] ?? 0]);
  return Object.fromEntries(counts) as DetectionCounts;
}
