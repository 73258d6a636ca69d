import type { Geometry, Position, Size } from '../annotation/geometry.ts';
import { addDecimals, canonicalDecimal, type Decimal } from '../kernel/decimal.ts';
import { readBrush } from './brush-run-length.ts';
import { fieldFault, readingField } from './field-fault.ts';
import { isJsonObject, type JsonObject } from './json-members.ts';
import { multiplyDecimals } from './multiply-decimals.ts';

/** The shapes that are taken over, with labels of their own (`rectanglelabels`) or none (`rectangle`). */
const LABEL_STUDIO_SHAPES = ['rectangle', 'polygon', 'ellipse', 'keypoint', 'brush'] as const;
export type LabelStudioShape = (typeof LABEL_STUDIO_SHAPES)[number];

/** A brush is decoded into a byte a pixel. */
const MOST_PIXELS = 2 ** 28;

/** `rectangle` of `rectanglelabels` and of `rectangle`; null where the type of a result is no shape. */
export function labelStudioShape(type: string): LabelStudioShape | null {
  return LABEL_STUDIO_SHAPES.find((shape) => type === shape || type === `${shape}labels`) ?? null;
}

/**
 * The shape of a result's `value`, in pixels. Its numbers are percent of the image's width or height, and so are exact
 * in decimals, but for the centre of a turned rectangle: it turns clockwise about its top left corner, in pixels, and
 * its centre is rounded to a millionth of one.
 */
export function labelStudioGeometry(shape: LabelStudioShape, value: JsonObject, size: Size): Geometry {
  const across = (name: string) => pixels(value, name, size.width);
  const down = (name: string) => pixels(value, name, size.height);
  switch (shape) {
    case 'keypoint':
      return { kind: 'POINT', x: across('x'), y: down('y') };
    case 'ellipse':
      return {
        kind: 'ELLIPSE',
        centreX: across('x'),
        centreY: down('y'),
        radiusX: across('radiusX'),
        radiusY: down('radiusY'),
        degrees: degreesOf(value),
      };
    case 'polygon':
      return { kind: 'POLYGON', rings: [readPoints(value, size)] };
    case 'brush':
      return { kind: 'MASK', ...readBrushValue(value, size) };
    case 'rectangle': {
      const [x, y, width, height] = [across('x'), down('y'), across('width'), down('height')];
      const degrees = degreesOf(value);
      if (degrees === '0') return { kind: 'BOX', x, y, width, height };
      const radians = (Number(degrees) * Math.PI) / 180;
      const [cosine, sine] = [Math.cos(radians) / 2, Math.sin(radians) / 2];
      const [breadth, rise] = [Number(width), Number(height)];
      return {
        kind: 'ROTATED_BOX',
        centreX: addDecimals(x, rounded(breadth * cosine - rise * sine)),
        centreY: addDecimals(y, rounded(breadth * sine + rise * cosine)),
        width,
        height,
        degrees,
      };
    }
  }
}

function readPoints({ points }: JsonObject, size: Size): Position[] {
  if (!Array.isArray(points)) return fieldFault('MALFORMED_FILE', 'points', 'The polygon has no points.');
  return points.map((point) => {
    const [x, y] = Array.isArray(point) ? (point as unknown[]) : [];
    const pair = { x, y };
    return readingField(
      'points',
      (): Position => [pixels(pair, 'x', size.width), pixels(pair, 'y', size.height)],
    );
  });
}

function readBrushValue({ format, rle }: JsonObject, { width, height }: Size) {
  const isBytes =
    Array.isArray(rle) && rle.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255);
  if (format !== 'rle' || !isBytes) {
    return fieldFault(
      'INVALID_VALUE',
      'rle',
      'The brush is no list of bytes of format "rle"; export it anew.',
    );
  }
  if (width * height > MOST_PIXELS) {
    return fieldFault(
      'INVALID_VALUE',
      'rle',
      `A mask of ${width} × ${height} pixels is not taken over; 2^28 are the most.`,
    );
  }
  return readingField('rle', () => readBrush(rle as number[], width, height));
}

function degreesOf(value: JsonObject): Decimal {
  return value.rotation === undefined || value.rotation === null ? '0' : number(value, 'rotation');
}

function pixels(value: JsonObject, name: string, side: number): Decimal {
  return multiplyDecimals(multiplyDecimals(number(value, name), '0.01'), String(side));
}

function number(value: JsonObject, name: string): Decimal {
  const written = isJsonObject(value) ? value[name] : undefined;
  if (typeof written !== 'number') {
    return fieldFault('INVALID_VALUE', name, `The shape has no number ${name}; correct it.`);
  }
  return readingField(name, () => canonicalDecimal(written));
}

function rounded(pixel: number): Decimal {
  return canonicalDecimal(pixel.toFixed(6));
}
