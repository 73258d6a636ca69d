import type { Mask } from './mask-runs.ts';
import { maskSegments } from './mask-segments.ts';
import { segmentedMask } from './segmented-mask.ts';

/** What any of the masks marks; null for no mask. Throws SIZE_MISMATCH for masks of different frames. */
export function unionMask(masks: readonly Mask[]): Mask | null {
  const first = masks[0];
  if (first === undefined) return null;
  const segments: { length: number; isForeground: boolean }[] = [];
  maskSegments(masks, (votes, _, length) => {
    segments.push({ length, isForeground: votes.includes(1) });
  });
  return segmentedMask(first, segments);
}
