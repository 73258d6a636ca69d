import { hausdorffDistance } from './hausdorff-distance.ts';
import { maskOverlap } from './mask-overlap.ts';
import type { Mask } from './mask-runs.ts';
import type { SegmentationCounts } from './segmentation-agreement.ts';
import { surfaceDice } from './surface-dice.ts';
import { surfaceDistances } from './surface-distances.ts';

/**
 * Compares the masks that two annotators drew of one thing in one image; counts add up over things, images and pairs of
 * annotators. Distances cost time in proportion to the box round both masks: without them their cells are 0.
 * Throws SIZE_MISMATCH for masks of different frames.
 */
export function segmentationCounts(
  first: Mask,
  second: Mask,
  withDistances: boolean,
): SegmentationCounts & { readonly isIdentical: boolean } {
  const { dice, overlap, agreedAbsent, identical, first: a, second: b } = maskOverlap(first, second);
  const oneEmpty = Number((a === 0) !== (b === 0));
  const distances =
    withDistances && !agreedAbsent && oneEmpty === 0 && !identical ? surfaceDistances(first, second) : null;
  const hausdorff95 = distances === null ? 0 : hausdorffDistance(distances).value!;
  const hasSurface = withDistances && !agreedAbsent;
  return {
    compared: Number(!agreedAbsent),
    dice: dice.value ?? 0,
    overlap: overlap.value ?? 0,
    distances: Number(hasSurface && oneEmpty === 0),
    hausdorff95,
    surfaces: Number(hasSurface),
    surfaceDice: hasSurface ? (identical ? 1 : surfaceDice(distances).value!) : 0,
    bothEmpty: Number(agreedAbsent),
    oneEmpty,
    isIdentical: identical && !agreedAbsent,
  };
}
