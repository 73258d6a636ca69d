import type { Geometry } from '../annotation/geometry.ts';
import { decodeMask } from '../annotation/run-length-encoding.ts';
import { addDecimals, canonicalDecimal } from '../kernel/decimal.ts';
import type { DecodePng, GreyImage } from './labelme-shape.ts';
import { rotatedCorners, shapeBounds } from './shape-bounds.ts';

export interface LabelMeWriting {
  /** With both, masks are LabelMe's own; without, their enclosing boxes are, and the mask stands under `holotype`. */
  readonly encodePng?: (image: GreyImage) => Uint8Array;
  readonly decodePng?: DecodePng;
}

export interface Form {
  readonly type: string;
  readonly points: number[][];
  readonly mask?: string;
}

/** What LabelMe draws for a shape, and what it shows instead where it has no such shape. */
export function labelMeForms(
  geometry: Geometry,
  options: LabelMeWriting,
): { forms: Form[]; loss: string | null } {
  switch (geometry.kind) {
    case 'POLYGON':
      return {
        forms: geometry.rings.map((ring) => ({ type: 'polygon', points: numbers(ring) })),
        loss: null,
      };
    case 'POLYLINE': {
      const type = geometry.points.length === 2 ? 'line' : 'linestrip';
      return { forms: [{ type, points: numbers(geometry.points) }], loss: null };
    }
    case 'POINT':
      return { forms: [{ type: 'point', points: numbers([[geometry.x, geometry.y]]) }], loss: null };
    case 'BOX': {
      const { x, y, width, height } = geometry;
      const corners = numbers([
        [x, y],
        [addDecimals(x, width), addDecimals(y, height)],
      ]);
      return { forms: [{ type: 'rectangle', points: corners }], loss: null };
    }
    case 'ROTATED_BOX': {
      const points = rotatedCorners(geometry).map((corner) => corner.map(rounded));
      return {
        forms: [{ type: 'polygon', points }],
        loss: 'LabelMe shows the polygon of its corners; our reader restores it.',
      };
    }
    case 'ELLIPSE': {
      const { centreX: x, centreY: y, radiusX, radiusY } = geometry;
      if (radiusX !== radiusY) return enclosing(geometry);
      return {
        forms: [
          {
            type: 'circle',
            points: numbers([
              [x, y],
              [addDecimals(x, radiusX), y],
            ]),
          },
        ],
        loss: null,
      };
    }
    case 'MASK': {
      const { encodePng, decodePng } = options;
      if (encodePng === undefined || decodePng === undefined) return enclosing(geometry);
      return { forms: [maskForm(geometry, encodePng)], loss: null };
    }
  }
}

function enclosing(geometry: Geometry): { forms: Form[]; loss: string } {
  const { left, top, right, bottom } = shapeBounds(geometry);
  const points = [[left, top].map(rounded), [right, bottom].map(rounded)];
  return {
    forms: [{ type: 'rectangle', points }],
    loss: 'LabelMe shows its enclosing box; our reader restores it.',
  };
}

function maskForm(
  geometry: Extract<Geometry, { kind: 'MASK' }>,
  encodePng: (image: GreyImage) => Uint8Array,
): Form {
  const { left, top, right, bottom } = shapeBounds(geometry);
  const [width, height] = [right - left, bottom - top];
  const pixels = decodeMask(geometry);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = (top + y) * geometry.size[1] + left;
    data.set(
      pixels.subarray(start, start + width).map((pixel) => pixel * 255),
      y * width,
    );
  }
  const bytes = encodePng({ width, height, data });
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return {
    type: 'mask',
    points: [
      [left, top],
      [right - 1, bottom - 1],
    ],
    mask: btoa(text),
  };
}

function numbers(points: readonly (readonly [string, string])[]): number[][] {
  return points.map(([x, y]) => [Number(x), Number(y)]);
}

function rounded(number: number): number {
  return Number(canonicalDecimal(number.toFixed(6)));
}
