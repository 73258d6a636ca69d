import { DomainError } from '../kernel/errors.ts';
import { euclideanDistanceTransform } from './euclidean-distance-transform.ts';
import { maskExtent, type PixelExtent } from './mask-extent.ts';
import type { Mask } from './mask-runs.ts';
import { unionMask } from './union-mask.ts';

/** Distances between boundaries differ between programs, by far; compare only figures of one implementation. */
export const SURFACE_IMPLEMENTATION = 'boundary-px-v1';

/** Ascending distances from each boundary pixel of one mask to the nearest boundary pixel of the other. */
export interface SurfaceDistances {
  readonly firstToSecond: Float64Array;
  readonly secondToFirst: Float64Array;
}

const PIXEL = { x: 1, y: 1 };

/**
 * Both directed sets of boundary distances, in the unit of `spacing` (pixels by default). The boundary is the mask minus its
 * erosion by the four neighbours; beyond the edge of the image lies background. Null where one of them, or both, is empty:
 * then there is no distance. Throws SIZE_MISMATCH, and INVALID_VALUE for a spacing not above 0.
 * The tools differ: Podobnik & Vrtovec 2024, MICCAI.
 */
export function surfaceDistances(first: Mask, second: Mask, spacing = PIXEL): SurfaceDistances | null {
  if (!(spacing.x > 0 && spacing.y > 0 && spacing.x < Infinity && spacing.y < Infinity)) {
    const given = `${spacing.x} × ${spacing.y}`;
    throw new DomainError('INVALID_VALUE', `A pixel of ${given}: give two lengths above 0, or leave it out.`);
  }
  const extent = maskExtent(unionMask([first, second])!);
  if (extent === null) return null;
  const [one, other] = [boundary(first, extent), boundary(second, extent)];
  const [width, height] = [extent.right - extent.left, extent.bottom - extent.top];
  const toOther = distancesTo(other, width, height, spacing, one);
  const toOne = distancesTo(one, width, height, spacing, other);
  return toOne === null || toOther === null ? null : { firstToSecond: toOther, secondToFirst: toOne };
}

/**
 * The places of the boundary's pixels in the extent of both masks, column-major. All boundaries lie in it, so the distances
 * between them need nothing outside of it.
 */
function boundary({ height, runs }: Mask, { left, top, right, bottom }: PixelExtent): Int32Array {
  const rows = bottom - top;
  const inside = new Uint8Array((right - left) * rows);
  let start = 0;
  for (const [place, run] of runs.entries()) {
    if (place % 2 === 1) {
      for (let pixel = start; pixel < start + run; ) {
        const column = Math.floor(pixel / height);
        const end = Math.min(start + run, (column + 1) * height);
        const offset = (column - left) * rows - top - column * height;
        inside.fill(1, offset + pixel, offset + end);
        pixel = end;
      }
    }
    start += run;
  }
  const found: number[] = [];
  for (let column = 0; column < inside.length; column += rows) {
    const isInner = column > 0 && column + rows < inside.length;
    for (let row = 0; row < rows; row += 1) {
      const pixel = column + row;
      if (inside[pixel] === 0) continue;
      const isSurrounded =
        isInner &&
        row > 0 &&
        row < rows - 1 &&
        inside[pixel - 1]! + inside[pixel + 1]! + inside[pixel - rows]! + inside[pixel + rows]! === 4;
      if (!isSurrounded) found.push(pixel);
    }
  }
  return Int32Array.from(found);
}

function distancesTo(
  target: Int32Array,
  width: number,
  height: number,
  spacing: { readonly x: number; readonly y: number },
  from: Int32Array,
): Float64Array | null {
  if (target.length === 0 || from.length === 0) return null;
  const marked = new Uint8Array(width * height);
  for (const pixel of target) marked[pixel] = 1;
  const distances = euclideanDistanceTransform(marked, width, height, spacing)!;
  return Float64Array.from(from, (pixel) => distances[pixel]!).sort();
}
