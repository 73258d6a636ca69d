import { addDecimals, CANONICAL_DECIMAL, type Decimal, negateDecimal } from '../kernel/decimal.ts';
import { isDomainError, type Reason } from '../kernel/errors.ts';
import { maskArea, type RunLengthEncoding } from './run-length-encoding.ts';

export const ANNOTATION_KINDS = [
  'CLASS',
  'ATTRIBUTE',
  'VALUE',
  'POINT',
  'BOX',
  'ROTATED_BOX',
  'POLYGON',
  'POLYLINE',
  'ELLIPSE',
  'MASK',
  'EMPTY',
  'SKIP',
] as const;
export type AnnotationKind = (typeof ANNOTATION_KINDS)[number];

export type Position = readonly [x: Decimal, y: Decimal];

/**
 * A shape in the stored-pixel frame (before EXIF orientation): pixels, 0-based, origin at the top left, edges
 * continuous, so that the box (0, 0, 1, 1) encloses the first pixel. Degrees turn clockwise about the centre.
 */
export type Geometry =
  | { readonly kind: 'POINT'; readonly x: Decimal; readonly y: Decimal }
  | {
      readonly kind: 'BOX';
      readonly x: Decimal;
      readonly y: Decimal;
      readonly width: Decimal;
      readonly height: Decimal;
    }
  | {
      readonly kind: 'ROTATED_BOX';
      readonly centreX: Decimal;
      readonly centreY: Decimal;
      readonly width: Decimal;
      readonly height: Decimal;
      readonly degrees: Decimal;
    }
  /** The union of its rings, each closed by itself. A shape with holes is a MASK. */
  | { readonly kind: 'POLYGON'; readonly rings: readonly (readonly Position[])[] }
  | { readonly kind: 'POLYLINE'; readonly points: readonly Position[] }
  | {
      readonly kind: 'ELLIPSE';
      readonly centreX: Decimal;
      readonly centreY: Decimal;
      readonly radiusX: Decimal;
      readonly radiusY: Decimal;
      readonly degrees: Decimal;
    }
  | ({ readonly kind: 'MASK' } & RunLengthEncoding);

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** No reason: the shape may be kept. Notes say what is odd about a shape that is kept as it came. */
export interface GeometryCheck {
  readonly reasons: Reason[];
  readonly notes: string[];
}

export interface Extent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Below this many pixels an overhang is the noise of another program's floating point, not a statement. */
const OVERHANG_NOISE = 1e-6;

/** Relative to the lengths of the vectors: cross products of exactly collinear decimals stay far below it. */
const COLLINEAR = 1e-12;

/**
 * Whether a shape has an extent and lies in its image; with `size` null (an image not seen yet) only the former.
 *
 * Reasons: INVALID_VALUE (a number not canonical, a broken run-length encoding), DEGENERATE_GEOMETRY (no area,
 * no length, too few points), OUTSIDE_IMAGE (wholly), SIZE_MISMATCH (a mask of another size). A shape partly
 * outside is kept as it came, with a note: annotators do draw over the edge, and cutting would change what they said.
 */
export function checkGeometry(geometry: Geometry, size: Size | null): GeometryCheck {
  const uncanonical = numbersOf(geometry).find((number) => !CANONICAL_DECIMAL.test(number));
  if (uncanonical !== undefined) {
    return refused('INVALID_VALUE', `"${uncanonical}" is not a canonical decimal such as -12.75.`);
  }
  if (geometry.kind === 'MASK') return checkMask(geometry, size);
  const degenerate = degeneracy(geometry);
  if (degenerate !== null) return refused('DEGENERATE_GEOMETRY', `The ${nameOf(geometry)} ${degenerate}.`);
  return size === null ? { reasons: [], notes: [] } : checkPlace(geometry, size);
}

/** The upright rectangle that encloses the shape, in pixels. */
export function extentOf(geometry: Exclude<Geometry, { kind: 'MASK' }>): Extent {
  switch (geometry.kind) {
    case 'POINT':
      return extentOfPositions([[geometry.x, geometry.y]]);
    case 'BOX':
      return {
        left: Number(geometry.x),
        top: Number(geometry.y),
        right: Number(addDecimals(geometry.x, geometry.width)),
        bottom: Number(addDecimals(geometry.y, geometry.height)),
      };
    case 'POLYGON':
      return extentOfPositions(geometry.rings.flat());
    case 'POLYLINE':
      return extentOfPositions(geometry.points);
    case 'ROTATED_BOX': {
      const { cosine, sine } = turn(geometry.degrees);
      const [halfWidth, halfHeight] = [Number(geometry.width) / 2, Number(geometry.height) / 2];
      return around(
        geometry,
        halfWidth * Math.abs(cosine) + halfHeight * Math.abs(sine),
        halfWidth * Math.abs(sine) + halfHeight * Math.abs(cosine),
      );
    }
    case 'ELLIPSE': {
      const { cosine, sine } = turn(geometry.degrees);
      const [radiusX, radiusY] = [Number(geometry.radiusX), Number(geometry.radiusY)];
      return around(
        geometry,
        Math.hypot(radiusX * cosine, radiusY * sine),
        Math.hypot(radiusX * sine, radiusY * cosine),
      );
    }
  }
}

function checkMask(mask: RunLengthEncoding, size: Size | null): GeometryCheck {
  const [height, width] = mask.size;
  if (size !== null && (width !== size.width || height !== size.height)) {
    const image = `${size.width} × ${size.height}`;
    return refused('SIZE_MISMATCH', `The mask is ${width} × ${height} pixels, its image ${image}.`);
  }
  try {
    if (maskArea(mask) === 0) return refused('DEGENERATE_GEOMETRY', 'The mask has no foreground pixel.');
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return refused(error.code, error.message);
  }
  return { reasons: [], notes: [] };
}

function degeneracy(geometry: Exclude<Geometry, { kind: 'MASK' }>): string | null {
  switch (geometry.kind) {
    case 'POINT':
      return null;
    case 'BOX':
    case 'ROTATED_BOX':
      return isPositive(geometry.width) && isPositive(geometry.height) ? null : 'has no area';
    case 'ELLIPSE':
      return isPositive(geometry.radiusX) && isPositive(geometry.radiusY) ? null : 'has no area';
    case 'POLYLINE':
      return distinct(geometry.points) < 2 ? 'has fewer than 2 distinct points' : null;
    case 'POLYGON':
      if (geometry.rings.length === 0) return 'has no ring';
      if (geometry.rings.some((ring) => distinct(ring) < 3)) return 'has fewer than 3 distinct points';
      return geometry.rings.some(isCollinear) ? 'has no area: its points lie on one line' : null;
  }
}

function checkPlace(geometry: Exclude<Geometry, { kind: 'MASK' }>, { width, height }: Size): GeometryCheck {
  const { left, top, right, bottom } = extentOf(geometry);
  const hasBreadth = geometry.kind !== 'POINT' && geometry.kind !== 'POLYLINE';
  const isBeyond = left > width || top > height || right < 0 || bottom < 0;
  const isAbutting = hasBreadth && (left >= width || top >= height || right <= 0 || bottom <= 0);
  const place = `(${left}, ${top}) to (${right}, ${bottom}), outside the image of ${width} × ${height} pixels`;
  if (isBeyond || isAbutting) {
    return refused('OUTSIDE_IMAGE', `The ${nameOf(geometry)} lies wholly at ${place}.`);
  }
  const overhang = Math.max(-left, -top, right - width, bottom - height);
  return {
    reasons: [],
    notes:
      overhang > OVERHANG_NOISE ? [`The ${nameOf(geometry)} reaches from ${place}; kept as it came.`] : [],
  };
}

function isPositive(decimal: Decimal): boolean {
  return decimal !== '0' && !decimal.startsWith('-');
}

function distinct(points: readonly Position[]): number {
  return new Set(points.map((point) => point.join(' '))).size;
}

/** Called with at least three distinct points. A ring that crosses itself may have signed area 0, yet encloses. */
function isCollinear(ring: readonly Position[]): boolean {
  const vectors = ring.map(([x, y]) => [
    Number(addDecimals(x, negateDecimal(ring[0]![0]))),
    Number(addDecimals(y, negateDecimal(ring[0]![1]))),
  ]) as [number, number][];
  const [alongX, alongY] = vectors.find(([x, y]) => x !== 0 || y !== 0)!;
  return vectors.every(
    ([x, y]) =>
      Math.abs(alongX * y - alongY * x) <= COLLINEAR * Math.hypot(alongX, alongY) * Math.hypot(x, y),
  );
}

function extentOfPositions(positions: readonly Position[]): Extent {
  const extent = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const position of positions) {
    const [x, y] = [Number(position[0]), Number(position[1])];
    extent.left = Math.min(extent.left, x);
    extent.right = Math.max(extent.right, x);
    extent.top = Math.min(extent.top, y);
    extent.bottom = Math.max(extent.bottom, y);
  }
  return extent;
}

function around(centre: { centreX: Decimal; centreY: Decimal }, breadth: number, rise: number): Extent {
  const [x, y] = [Number(centre.centreX), Number(centre.centreY)];
  return { left: x - breadth, top: y - rise, right: x + breadth, bottom: y + rise };
}

function turn(degrees: Decimal): { cosine: number; sine: number } {
  const radians = (Number(degrees) * Math.PI) / 180;
  return { cosine: Math.cos(radians), sine: Math.sin(radians) };
}

function numbersOf(geometry: Geometry): Decimal[] {
  if (geometry.kind === 'POLYGON') return geometry.rings.flat(2) as Decimal[];
  if (geometry.kind === 'POLYLINE') return geometry.points.flat();
  if (geometry.kind === 'MASK') return [];
  const { kind: _, ...numbers } = geometry;
  return Object.values(numbers);
}

function nameOf(geometry: Geometry): string {
  return geometry.kind.toLowerCase().replace('_', ' ');
}

function refused(code: Reason['code'], message: string): GeometryCheck {
  return { reasons: [{ path: ['geometry'], code, message }], notes: [] };
}
