import { type Extent, extentOf, type Geometry } from '../annotation/geometry.ts';
import { expandRuns, type RunLengthEncoding } from '../annotation/run-length-encoding.ts';

/** The upright rectangle that encloses a shape, in pixels; of a mask, its foreground pixels. */
export function shapeBounds(geometry: Geometry): Extent {
  return geometry.kind === 'MASK' ? maskBounds(geometry) : extentOf(geometry);
}

/** The area in square pixels: that of a polygon is the sum of its rings, that of a mask counts pixels. */
export function shapeArea(geometry: Geometry): number {
  switch (geometry.kind) {
    case 'BOX':
    case 'ROTATED_BOX':
      return Number(geometry.width) * Number(geometry.height);
    case 'ELLIPSE':
      return Math.PI * Number(geometry.radiusX) * Number(geometry.radiusY);
    case 'POLYGON':
      return geometry.rings.reduce((sum, ring) => sum + Math.abs(signedArea(ring)), 0);
    case 'MASK':
      return expandRuns(geometry.counts).reduce((sum, run, index) => sum + (index % 2) * run, 0);
    default:
      return 0;
  }
}

/** The corners of a rotated box, clockwise on the screen from its top left corner before it was turned. */
export function rotatedCorners(box: Extract<Geometry, { kind: 'ROTATED_BOX' }>): [number, number][] {
  const radians = (Number(box.degrees) * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(radians), Math.sin(radians)];
  const [x, y] = [Number(box.centreX), Number(box.centreY)];
  const [halfWidth, halfHeight] = [Number(box.width) / 2, Number(box.height) / 2];
  return [
    [-halfWidth, -halfHeight],
    [halfWidth, -halfHeight],
    [halfWidth, halfHeight],
    [-halfWidth, halfHeight],
  ].map(([across, down]) => [x + across! * cosine - down! * sine, y + across! * sine + down! * cosine]);
}

function signedArea(ring: readonly (readonly [string, string])[]): number {
  const points = ring.map(([x, y]) => [Number(x), Number(y)] as const);
  let twice = 0;
  for (const [index, [x, y]] of points.entries()) {
    const [nextX, nextY] = points[(index + 1) % points.length]!;
    twice += x * nextY - nextX * y;
  }
  return twice / 2;
}

/** Columns first, as the runs go; a run over several columns touches the top and the bottom of the image. */
function maskBounds({ size: [height], counts }: RunLengthEncoding): Extent {
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  let start = 0;
  for (const [index, run] of expandRuns(counts).entries()) {
    if (index % 2 === 1 && run > 0) {
      const last = start + run - 1;
      const [first, end] = [Math.floor(start / height), Math.floor(last / height)];
      bounds.left = Math.min(bounds.left, first);
      bounds.right = Math.max(bounds.right, end + 1);
      bounds.top = Math.min(bounds.top, first === end ? start % height : 0);
      bounds.bottom = Math.max(bounds.bottom, first === end ? (last % height) + 1 : height);
    }
    start += run;
  }
  return bounds;
}
