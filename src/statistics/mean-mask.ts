import type { Mask } from './mask-runs.ts';
import { maskSegments } from './mask-segments.ts';
import { type ProbabilityMask, probabilityMask } from './probability-mask.ts';

/**
 * The share of the masks that mark each pixel, an annotator's empty mask counted like any other; null for no mask. It is the
 * soft label of segmentation, and the consensus of fewer than three annotators. Throws SIZE_MISMATCH.
 */
export function meanMask(masks: readonly Mask[]): ProbabilityMask | null {
  const first = masks[0];
  if (first === undefined) return null;
  const segments: { length: number; value: number }[] = [];
  maskSegments(masks, (votes, _, length) => {
    let marked = 0;
    for (const vote of votes) marked += vote;
    segments.push({ length, value: marked / masks.length });
  });
  return probabilityMask(first, segments);
}
