import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { jackknifeEstimate } from './jackknife-estimate.ts';
import { NON_NEGATIVE, type Range, SHARE } from './jackknife-interval.ts';
import { SURFACE_IMPLEMENTATION } from './surface-distances.ts';

export interface SegmentationAgreement {
  /** Means over all compared pairs of masks, one empty counted as 0. */
  readonly dice: Estimate;
  readonly overlap: Estimate;
  /** Mean 95th percentile Hausdorff distance in pixels, of the pairs of which neither is empty. */
  readonly hausdorff95: Estimate;
  /** Mean share of the boundaries within 2 pixels of each other. */
  readonly surfaceDice: Estimate;
  /** Share, among the pairs of which either is empty, of those of which both are: agreed that the thing is absent. */
  readonly agreedAbsent: Estimate;
}

/** What two masks of one thing in one image add to the table, in this order. */
export const SEGMENTATION_CELLS = [
  'compared',
  'dice',
  'overlap',
  'distances',
  'hausdorff95',
  'surfaces',
  'surfaceDice',
  'bothEmpty',
  'oneEmpty',
] as const;
export type SegmentationCounts = Readonly<Record<(typeof SEGMENTATION_CELLS)[number], number>>;

/**
 * The cells over images with a pair of masks to compare (one of them may be empty); over those where boundaries were measured;
 * where there was a distance to measure, neither mask being empty; and where either was empty.
 */
export interface SegmentationTables {
  readonly compared: BucketedTable;
  readonly measured: BucketedTable;
  readonly distances: BucketedTable;
  readonly empty: BucketedTable;
}

/**
 * Agreement of annotators on masks, from cells added up per jackknife bucket. Two empty masks have no overlap and count only as
 * agreed absent; one empty mask has no distance. No image with masks of two: NOT_APPLICABLE, NO_OVERLAP; nobody marked a
 * pixel: NOT_APPLICABLE, NO_OBJECT; never both: hausdorff95 NOT_APPLICABLE, ONE_EMPTY.
 */
export function segmentationAgreement(tables: SegmentationTables): SegmentationAgreement {
  const { compared, measured, distances, empty } = tables;
  const nothing = empty.imageCount > 0 ? 'NO_OBJECT' : 'NO_OVERLAP';
  const hasObject = compared.imageCount > 0;
  const mean = (
    table: BucketedTable,
    method: string,
    reason: string,
    total: (counts: SegmentationCounts) => number,
    count: (counts: SegmentationCounts) => number,
    range: Range = SHARE,
  ): Estimate => {
    const formula = (cells: readonly number[]): Figure => {
      const counts = countsOf(cells);
      if (!(count(counts) > 0)) return noFigure('NOT_APPLICABLE', reason);
      return figure(Math.min(range.upper, total(counts) / count(counts)));
    };
    return jackknifeEstimate(table, formula, { method, range });
  };
  const pairs = (counts: SegmentationCounts) => counts.compared;
  const [surface, tolerance] = [`pixels, ${SURFACE_IMPLEMENTATION}`, 'mean surface Dice within 2'];
  const noDistance = measured.imageCount > 0 ? 'ONE_EMPTY' : 'NOT_MEASURED';
  return {
    dice: mean(compared, 'mean Dice of pairs of masks', nothing, (counts) => counts.dice, pairs),
    overlap: mean(compared, 'mean IoU of pairs of masks', nothing, (counts) => counts.overlap, pairs),
    hausdorff95: mean(
      distances,
      `mean HD95, ${surface}`,
      hasObject ? noDistance : nothing,
      (counts) => counts.hausdorff95,
      (counts) => counts.distances,
      NON_NEGATIVE,
    ),
    surfaceDice: mean(
      measured,
      `${tolerance} ${surface}`,
      hasObject ? 'NOT_MEASURED' : nothing,
      (counts) => counts.surfaceDice,
      (counts) => counts.surfaces,
    ),
    agreedAbsent: mean(
      empty,
      'both masks empty, of pairs of which either is',
      hasObject ? 'NO_EMPTY_MASK' : 'NO_OVERLAP',
      (counts) => counts.bothEmpty,
      (counts) => counts.bothEmpty + counts.oneEmpty,
    ),
  };
}

function countsOf(cells: readonly number[]): SegmentationCounts {
  const counts = SEGMENTATION_CELLS.map((cell, place) => [cell, cells[place] ?? 0]);
  return Object.fromEntries(counts) as SegmentationCounts;
}
