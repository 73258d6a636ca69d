import type { Geometry, Position, Size } from '../annotation/geometry.ts';
import { encodeMask } from '../annotation/run-length-encoding.ts';
import { addDecimals, canonicalDecimal, type Decimal, negateDecimal } from '../kernel/decimal.ts';
import { fieldFault, readingField } from './field-fault.ts';
import { multiplyDecimals } from './multiply-decimals.ts';
import { textOf, type XmlElement } from './xml-element.ts';

export const CVAT_SHAPES = ['box', 'polygon', 'polyline', 'points', 'ellipse', 'mask'] as const;
export type CvatShape = (typeof CVAT_SHAPES)[number];

/** A mask is decoded into a byte a pixel of its image. */
const MOST_PIXELS = 2 ** 28;

/**
 * The shapes of one element of CVAT for images 1.1, its frame being ours; `points` is one POINT each. Attributes of
 * the element are members with `@`. Boxes and ellipses turn clockwise about their centres.
 */
export function cvatGeometry(shape: CvatShape, element: XmlElement, size: Size): Geometry[] {
  switch (shape) {
    case 'box':
      return [readBox(element)];
    case 'polygon':
      return [{ kind: 'POLYGON', rings: [readPoints(element)] }];
    case 'polyline':
      return [{ kind: 'POLYLINE', points: readPoints(element) }];
    case 'points':
      return readPoints(element).map(([x, y]) => ({ kind: 'POINT', x, y }));
    case 'ellipse':
      return [
        {
          kind: 'ELLIPSE',
          centreX: readNumber(element, 'cx'),
          centreY: readNumber(element, 'cy'),
          radiusX: readNumber(element, 'rx'),
          radiusY: readNumber(element, 'ry'),
          degrees: readNumber(element, 'rotation', '0'),
        },
      ];
    case 'mask':
      return [readMask(element, size)];
  }
}

function readBox(element: XmlElement): Geometry {
  const [left, top, right, bottom] = ['xtl', 'ytl', 'xbr', 'ybr'].map((edge) =>
    readNumber(element, edge),
  ) as [Decimal, Decimal, Decimal, Decimal];
  const degrees = readNumber(element, 'rotation', '0');
  const width = addDecimals(right, negateDecimal(left));
  const height = addDecimals(bottom, negateDecimal(top));
  if (degrees === '0') return { kind: 'BOX', x: left, y: top, width, height };
  const centreX = multiplyDecimals(addDecimals(left, right), '0.5');
  const centreY = multiplyDecimals(addDecimals(top, bottom), '0.5');
  return { kind: 'ROTATED_BOX', centreX, centreY, width, height, degrees };
}

/** Runs go row by row inside the mask's own box, the background first. */
function readMask(element: XmlElement, size: Size): Geometry {
  if (size.width * size.height > MOST_PIXELS) {
    const stated = `${size.width} × ${size.height} pixels`;
    return fieldFault(
      'INVALID_VALUE',
      'rle',
      `A mask in an image of ${stated} is not taken over; 2^28 are the most.`,
    );
  }
  const [left, top, width, height] = ['left', 'top', 'width', 'height'].map((name) =>
    Number(readNumber(element, name)),
  ) as [number, number, number, number];
  const isInside = left >= 0 && top >= 0 && left + width <= size.width && top + height <= size.height;
  if (![left, top, width, height].every(Number.isSafeInteger) || width < 1 || height < 1 || !isInside) {
    return fieldFault(
      'INVALID_VALUE',
      'left',
      'The box of the mask is no box of whole pixels in its image; correct it.',
    );
  }
  const runs = (textOf(element, '@rle') ?? '')
    .split(',')
    .map((run) => (run.trim() === '' ? -1 : Number(run)));
  const isCover = runs.reduce((sum, run) => sum + run, 0) === width * height;
  if (!isCover || runs.some((run) => !Number.isSafeInteger(run) || run < 0)) {
    return fieldFault('INVALID_VALUE', 'rle', 'The runs of the mask do not cover its box; export it anew.');
  }
  const mask = new Uint8Array(size.width * size.height);
  let start = 0;
  for (const [index, run] of runs.entries()) {
    for (let pixel = start; index % 2 === 1 && pixel < start + run; pixel++) {
      mask[(top + Math.floor(pixel / width)) * size.width + left + (pixel % width)] = 1;
    }
    start += run;
  }
  return { kind: 'MASK', ...encodeMask(mask, size.width, size.height) };
}

function readPoints(element: XmlElement): Position[] {
  return (textOf(element, '@points') ?? '').split(';').map((written) => {
    const [x, y, ...others] = written.split(',');
    if (x === undefined || y === undefined || others.length > 0) {
      return fieldFault('INVALID_VALUE', 'points', `"${written.slice(0, 40)}" is no point; write x,y;x,y.`);
    }
    return readingField('points', (): Position => [canonicalDecimal(x), canonicalDecimal(y)]);
  });
}

function readNumber(element: XmlElement, name: string, otherwise?: Decimal): Decimal {
  const written = textOf(element, `@${name}`) ?? otherwise;
  if (written === undefined) return fieldFault('MALFORMED_FILE', name, `The shape has no ${name}; give it.`);
  return readingField(name, () => canonicalDecimal(written));
}
