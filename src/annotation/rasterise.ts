import { DomainError } from '../kernel/errors.ts';
import type { Mask } from '../statistics/mask-runs.ts';
import { segmentedMask } from '../statistics/segmented-mask.ts';
import type { Geometry, Size } from './geometry.ts';
import { expandRuns } from './run-length-encoding.ts';

/** A shape that encloses an area; points and lines have none. */
export type AreaGeometry = Exclude<Geometry, { kind: 'POINT' | 'POLYLINE' }>;

/** Rows [from, to) by the height of their centres. */
type Stretch = readonly [from: number, to: number];

/**
 * The mask of a shape in an image: a pixel is in it where its centre is inside. Inside a ring is what a ray out of it
 * crosses an odd number of times (even–odd), and a polygon is the union of its rings. A centre on an edge belongs to the
 * shape on its right or below, so that shapes side by side share no pixel and leave none out. What overhangs the image
 * is cut. Throws SIZE_MISMATCH for a mask of another size.
 */
export function rasterise(geometry: AreaGeometry, { width, height }: Size): Mask {
  if (geometry.kind === 'MASK') return ownMask(geometry, width, height);
  const crossings = crossingsOf(geometry);
  const segments: { length: number; isForeground: boolean }[] = [];
  for (let column = 0; column < width; column += 1) {
    let row = 0;
    for (const [from, to] of merged(crossings(column + 0.5), height)) {
      segments.push({ length: from - row, isForeground: false }, { length: to - from, isForeground: true });
      row = to;
    }
    segments.push({ length: height - row, isForeground: false });
  }
  return segmentedMask({ width, height }, segments);
}

function ownMask(mask: Extract<Geometry, { kind: 'MASK' }>, width: number, height: number): Mask {
  const [rows, columns] = mask.size;
  const runs = expandRuns(mask.counts);
  const covered = runs.reduce((sum, run) => sum + run, 0);
  if (rows !== height || columns !== width || covered !== width * height) {
    throw new DomainError(
      'SIZE_MISMATCH',
      `The mask is ${columns} × ${rows} pixels and covers ${covered}, its image ${width} × ${height}; nothing is stretched.`,
    );
  }
  const segments = runs.map((length, index) => ({ length, isForeground: index % 2 === 1 }));
  return segmentedMask({ width, height }, segments);
}

/** For a shape, the heights between which a vertical line at x lies inside of it. */
function crossingsOf(geometry: Exclude<AreaGeometry, { kind: 'MASK' }>): (x: number) => Stretch[] {
  switch (geometry.kind) {
    case 'BOX': {
      const [left, top] = [Number(geometry.x), Number(geometry.y)];
      const [right, bottom] = [left + Number(geometry.width), top + Number(geometry.height)];
      return (x) => (x >= left && x < right ? [[top, bottom]] : []);
    }
    case 'POLYGON': {
      const rings = geometry.rings.map((ring) => edgesOf(ring.map(([x, y]) => [Number(x), Number(y)])));
      return (x) => rings.flatMap((edges) => insideRing(edges, x));
    }
    case 'ROTATED_BOX': {
      const [across, down] = [Number(geometry.width) / 2, Number(geometry.height) / 2];
      const corners = [
        [-across, -down],
        [across, -down],
        [across, down],
        [-across, down],
      ] as const;
      const { cosine, sine } = turn(geometry.degrees);
      const [centreX, centreY] = [Number(geometry.centreX), Number(geometry.centreY)];
      const edges = edgesOf(
        corners.map(([x, y]) => [centreX + x * cosine - y * sine, centreY + x * sine + y * cosine]),
      );
      return (x) => insideRing(edges, x);
    }
    case 'ELLIPSE':
      return insideEllipse(geometry);
  }
}

interface Edge {
  readonly left: readonly [x: number, y: number];
  readonly right: readonly [x: number, y: number];
}

function edgesOf(ring: readonly (readonly [x: number, y: number])[]): Edge[] {
  return ring.map((corner, index) => {
    const next = ring[(index + 1) % ring.length]!;
    return corner[0] <= next[0] ? { left: corner, right: next } : { left: next, right: corner };
  });
}

function insideRing(edges: readonly Edge[], x: number): Stretch[] {
  const heights: number[] = [];
  for (const { left, right } of edges) {
    if (!(left[0] <= x && x < right[0])) continue;
    heights.push(left[1] + ((x - left[0]) / (right[0] - left[0])) * (right[1] - left[1]));
  }
  heights.sort((a, b) => a - b);
  return Array.from(
    { length: heights.length >> 1 },
    (_, index): Stretch => [heights[2 * index]!, heights[2 * index + 1]!],
  );
}

/** The ellipse |M⁻¹(p − c)| ≤ 1, solved for the height above the centre. */
function insideEllipse(ellipse: Extract<Geometry, { kind: 'ELLIPSE' }>): (x: number) => Stretch[] {
  const { cosine, sine } = turn(ellipse.degrees);
  const [a, b] = [Number(ellipse.radiusX) ** 2, Number(ellipse.radiusY) ** 2];
  const across = a * cosine ** 2 + b * sine ** 2;
  const slope = ((a - b) * cosine * sine) / across;
  return (x) => {
    const away = x - Number(ellipse.centreX);
    const left = across - away ** 2;
    if (left < 0) return [];
    const reach = (Math.sqrt(a * b) * Math.sqrt(left)) / across;
    const middle = Number(ellipse.centreY) + slope * away;
    return [[middle - reach, middle + reach]];
  };
}

function turn(degrees: string): { cosine: number; sine: number } {
  const quarters = Number(degrees) / 90;
  if (Number.isInteger(quarters)) {
    const place = ((quarters % 4) + 4) % 4;
    return { cosine: [1, 0, -1, 0][place]!, sine: [0, 1, 0, -1][place]! };
  }
  const radians = (Number(degrees) * Math.PI) / 180;
  return { cosine: Math.cos(radians), sine: Math.sin(radians) };
}

/** Stretches as whole rows within the image, in order and joined where they meet. */
function merged(stretches: readonly Stretch[], height: number): Stretch[] {
  const firstRow = (y: number) => Math.min(height, Math.max(0, Math.ceil(y - 0.5)));
  const rows = stretches
    .map(([from, to]): [number, number] => [firstRow(from), firstRow(to)])
    .filter(([from, to]) => to > from)
    .sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const stretch of rows) {
    const last = joined.at(-1);
    if (last && stretch[0] <= last[1]) last[1] = Math.max(last[1], stretch[1]);
    else joined.push([...stretch]);
  }
  return joined;
}
