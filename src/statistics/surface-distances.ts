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
  const [toOne, toOther] = [distancesTo(one, extent, spacing), distancesTo(other, extent, spacing)];
  if (toOne === null || toOther === null) return null;
  return { firstToSecond: at(one, toOther), secondToFirst: at(other, toOne) };
}

/** All boundary pixels lie in the extent of both masks, so distances between them need nothing outside of it. */
function boundary({ height, runs }: Mask, { left, top, right, bottom }: PixelExtent): Uint8Array {
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
  return inside.map((pixel, index) => {
    if (pixel === 0) return 0;
    const row = index % rows;
    const isSurrounded =
      row > 0 && row < rows - 1 && inside[index - 1]! + inside[index + 1]! === 2
        ? (inside[index - rows] ?? 0) + (inside[index + rows] ?? 0) === 2
        : false;
    return isSurrounded ? 0 : 1;
  });
}

function distancesTo(
  marked: Uint8Array,
  { left, top, right, bottom }: PixelExtent,
  spacing: { readonly x: number; readonly y: number },
): Float64Array | null {
  return euclideanDistanceTransform(marked, right - left, bottom - top, spacing);
}

function at(marked: Uint8Array, distances: Float64Array): Float64Array {
  return distances.filter((_, pixel) => marked[pixel] === 1).sort();
}
