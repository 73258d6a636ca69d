import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import { SMALLEST_SHOWN_COUNT } from '../../statistics/suppress-small-counts.ts';
import { worstCaseBounds } from '../../statistics/worst-case-bounds.ts';
import { isLabelled } from '../variables/label-variable.ts';
import { shownCounts } from '../variables/level-selection.ts';
import type { ExclusionContext } from './attrition-context.ts';

/** A class among the kept, and as the interval what its share of all candidates can be, whatever the labels of the others. */
export interface ClassBounds {
  readonly label: string;
  readonly share: Estimate;
}

const LONGEST_LIST = 200;

/**
 * The 200 classes with most images. Of the candidates that were excluded, refused at the door or kept without a label
 * nothing is assumed.
 */
export function classBounds(
  { subjects, outcomes, personal }: ExclusionContext,
  refused: number,
): { classBounds: ClassBounds[]; classBoundCount: number } {
  const { classes, units, imageCount } = subjects;
  const labelled = isLabelled(subjects);
  const counts = new Float64Array(classes.names.length);
  let kept = 0;
  for (let image = 0; image < imageCount; image += 1) {
    if (outcomes.sides.codes[image] === 1 || labelled[image] === 0) continue;
    kept += 1;
    for (let at = classes.offsets[image]!; at < classes.offsets[image + 1]!; at += 1)
      counts[classes.codes[at]!]! += 1;
  }
  const lost = imageCount + refused - kept;
  const rest = {
    total: [outcomes.kept - kept],
    buckets: [],
    imageCount: outcomes.kept,
    unitCount: units.unitCount,
  };
  const shown = shownCounts(
    [...counts],
    classes.mode === 'SINGLE' ? rest : { ...rest, total: [0] },
    personal,
  );
  const few = personal && lost > 0 && lost < SMALLEST_SHOWN_COUNT;
  const rows = classes.names.map((label, code): ClassBounds & { images: number } => {
    const images = counts[code]!;
    const share = worstCaseBounds([images, kept - images], lost, units.unitCount + refused)[0]!;
    const hidden = few || shown.levels[code]!.told.status === 'SUPPRESSED';
    return {
      label,
      images,
      share: hidden ? notEstimable('SUPPRESSED', 'WOULD_REVEAL_A_SMALL_COUNT', share) : share,
    };
  });
  const ordered = rows.toSorted((a, b) => b.images - a.images);
  return {
    classBounds: ordered.slice(0, LONGEST_LIST).map(({ label, share }) => ({ label, share })),
    classBoundCount: rows.length,
  };
}
