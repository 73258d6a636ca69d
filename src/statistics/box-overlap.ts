/** An upright rectangle in pixels, edges continuous: the box (0, 0, 1, 1) is the first pixel. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Intersection over union of two boxes, |A∩B|/|A∪B|. Range [0, 1]; 0 where they only touch, and where neither has an area.
 * Jaccard 1912, New Phytologist 11:37.
 */
export function boxOverlap(first: Box, second: Box): number {
  const width = Math.min(first.right, second.right) - Math.max(first.left, second.left);
  const height = Math.min(first.bottom, second.bottom) - Math.max(first.top, second.top);
  if (!(width > 0 && height > 0)) return 0;
  const shared = width * height;
  return Math.min(1, shared / (areaOf(first) + areaOf(second) - shared));
}

function areaOf({ left, top, right, bottom }: Box): number {
  return (right - left) * (bottom - top);
}
