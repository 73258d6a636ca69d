import type { Geometry, Position } from '../annotation/geometry.ts';
import { addDecimals, canonicalDecimal, type Decimal, negateDecimal } from '../kernel/decimal.ts';
import { isDomainError } from '../kernel/errors.ts';
import { fieldFault, readingField } from './field-fault.ts';
import type { JsonObject } from './json-members.ts';
import type { StoredFrame } from './stored-frame.ts';

/** One byte a pixel, row by row, 0 for the background. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export type DecodePng = (bytes: Uint8Array) => GreyImage;

/** The shapes of one entry of `shapes`, in stored pixels: one, or as many as a `points` has points. */
export function readLabelMeShape(
  shape: JsonObject,
  frame: StoredFrame | null,
  decodePng: DecodePng | undefined,
): Geometry[] {
  const shown = readPoints(shape.points);
  const points = frame === null ? shown : shown.map(([x, y]) => frame.position(x, y));
  const type = shapeType(shape.shape_type);
  switch (type) {
    case 'polygon':
      return [{ kind: 'POLYGON', rings: [points] }];
    case 'rectangle':
      return [boxOf(exactly(2, points, type))];
    case 'circle':
      return [circleOf(exactly(2, points, type))];
    case 'line':
      return [{ kind: 'POLYLINE', points: exactly(2, points, type) }];
    case 'linestrip':
      return [{ kind: 'POLYLINE', points }];
    case 'point':
      return [pointOf(exactly(1, points, type)[0]!)];
    case 'points':
      if (points.length === 0) fieldFault('DEGENERATE_GEOMETRY', 'points', 'It has no point.');
      return points.map(pointOf);
    case 'mask':
      return [maskOf(exactly(2, shown, type), shape.mask, frame, decodePng)];
    default:
      return fieldFault(
        'INVALID_VALUE',
        'shape_type',
        `${JSON.stringify(type)} is no shape type that is taken over.`,
      );
  }
}

/** Files of old versions name none. */
function shapeType(type: unknown): string {
  if (type === undefined || type === null) return 'polygon';
  return typeof type === 'string' ? type : JSON.stringify(type);
}

function readPoints(points: unknown): Position[] {
  if (!Array.isArray(points))
    return fieldFault('INVALID_VALUE', 'points', 'The points are a list [[x, y], …].');
  return points.map((point: unknown) => {
    if (!Array.isArray(point) || point.length !== 2 || !point.every((each) => typeof each === 'number')) {
      return fieldFault(
        'INVALID_VALUE',
        'points',
        `${JSON.stringify(point)} stands where a point [x, y] must be.`,
      );
    }
    const [x, y] = point as [number, number];
    return readingField('points', () => [canonicalDecimal(x), canonicalDecimal(y)] as const);
  });
}

function exactly(count: number, points: readonly Position[], type: string): readonly Position[] {
  if (points.length !== count) {
    fieldFault('INVALID_VALUE', 'points', `A ${type} has ${count} points, not ${points.length}.`);
  }
  return points;
}

function pointOf([x, y]: Position): Geometry {
  return { kind: 'POINT', x, y };
}

/** Corners in any order. */
function boxOf(corners: readonly Position[]): Geometry {
  const [[x1, y1], [x2, y2]] = corners as readonly [Position, Position];
  const [across, down] = [minus(x2, x1), minus(y2, y1)];
  return {
    kind: 'BOX',
    x: across.startsWith('-') ? x2 : x1,
    y: down.startsWith('-') ? y2 : y1,
    width: absolute(across),
    height: absolute(down),
  };
}

/** Centre and a point of the rim. */
function circleOf(points: readonly Position[]): Geometry {
  const [[centreX, centreY], [rimX, rimY]] = points as readonly [Position, Position];
  const [across, down] = [minus(rimX, centreX), minus(rimY, centreY)];
  const radius =
    down === '0'
      ? absolute(across)
      : across === '0'
        ? absolute(down)
        : canonicalDecimal(Math.hypot(Number(across), Number(down)).toFixed(6));
  return { kind: 'ELLIPSE', centreX, centreY, radiusX: radius, radiusY: radius, degrees: '0' };
}

/** A PNG of the pixels from the one corner to the other, both included. */
function maskOf(
  corners: readonly Position[],
  mask: unknown,
  frame: StoredFrame | null,
  decodePng: DecodePng | undefined,
): Geometry {
  if (frame === null) return fieldFault('INVALID_VALUE', 'mask', 'A mask needs the size of its image.');
  const png = decodeMask(mask, decodePng);
  const [left, right] = [corners[0]![0], corners[1]![0]]
    .map(Number)
    .sort((a, b) => a - b)
    .map(Math.trunc);
  const [top, bottom] = [corners[0]![1], corners[1]![1]]
    .map(Number)
    .sort((a, b) => a - b)
    .map(Math.trunc);
  const [width, height] = [right! - left! + 1, bottom! - top! + 1];
  if (png.width !== width || png.height !== height) {
    const message = `The PNG has ${png.width} × ${png.height} pixels, its points span ${width} × ${height}.`;
    return fieldFault('SIZE_MISMATCH', 'mask', message);
  }
  const { shown } = frame;
  if (left! < 0 || top! < 0 || right! >= shown.width || bottom! >= shown.height) {
    const message = `The mask reaches out of its image of ${shown.width} × ${shown.height} pixels.`;
    return fieldFault('OUTSIDE_IMAGE', 'mask', message);
  }
  const pixels = new Uint8Array(shown.width * shown.height);
  for (let y = 0; y < height; y++) {
    const row = png.data.subarray(y * width, (y + 1) * width);
    pixels.set(row, (top! + y) * shown.width + left!);
  }
  return { kind: 'MASK', ...frame.mask(pixels) };
}

function decodeMask(mask: unknown, decodePng: DecodePng | undefined): GreyImage {
  if (typeof mask !== 'string') return fieldFault('INVALID_VALUE', 'mask', 'The mask is a PNG in base64.');
  if (decodePng === undefined) {
    return fieldFault('UNSUPPORTED_MEDIA_TYPE', 'mask', 'Masks in PNG are not decoded here.');
  }
  try {
    return decodePng(Uint8Array.from(atob(mask), (character) => character.charCodeAt(0)));
  } catch (error) {
    if (isDomainError(error)) return fieldFault(error.code, 'mask', error.message);
    const fault = error instanceof Error ? error.message : String(error);
    return fieldFault('CORRUPT_IMAGE', 'mask', `The mask is no PNG in base64: ${fault}`);
  }
}

function minus(left: Decimal, right: Decimal): Decimal {
  return addDecimals(left, negateDecimal(right));
}

function absolute(decimal: Decimal): Decimal {
  return decimal.startsWith('-') ? negateDecimal(decimal) : decimal;
}
