import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkGeometry, extentOf, type Geometry, type Position } from '../../src/annotation/geometry.ts';
import { encodeMask } from '../../src/annotation/run-length-encoding.ts';
import { canonicalDecimal } from '../../src/kernel/decimal.ts';

const IMAGE = { width: 100, height: 50 };
const box = (x: number, y: number, width: number, height: number) =>
  ({
    kind: 'BOX',
    x: canonicalDecimal(x),
    y: canonicalDecimal(y),
    width: canonicalDecimal(width),
    height: canonicalDecimal(height),
  }) as const;
const ring = (...numbers: number[]): Position[] =>
  Array.from({ length: numbers.length / 2 }, (_, index) => [
    canonicalDecimal(numbers[2 * index]!),
    canonicalDecimal(numbers[2 * index + 1]!),
  ]);
const polygon = (...rings: Position[][]): Geometry => ({ kind: 'POLYGON', rings });
const codes = (geometry: Geometry, size: typeof IMAGE | null = IMAGE) =>
  checkGeometry(geometry, size).reasons.map(({ code }) => code);

describe('checkGeometry', () => {
  it.each<[string, Geometry]>([
    ['the box of the first pixel', box(0, 0, 1, 1)],
    ['the box of the whole image', box(0, 0, 100, 50)],
    ['a box whose edges are decimals that floating point cannot add', box(0.1, 0, 99.9, 50)],
    ['a point on the far edge', { kind: 'POINT', x: '100', y: '50' }],
    ['a polyline of two points', { kind: 'POLYLINE', points: ring(0, 0, 5, 5) }],
    ['a triangle', polygon(ring(0, 0, 5, 0, 0, 5))],
    ['a ring that crosses itself', polygon(ring(0, 0, 4, 4, 4, 0, 0, 4))],
    ['a polygon in two parts', polygon(ring(0, 0, 5, 0, 0, 5), ring(9, 9, 12, 9, 9, 12))],
    [
      'an ellipse',
      { kind: 'ELLIPSE', centreX: '50', centreY: '25', radiusX: '5', radiusY: '3', degrees: '30' },
    ],
    ['a mask', { kind: 'MASK', ...encodeMask(new Uint8Array(5000).fill(1, 7, 9), 100, 50) }],
  ])('keeps %s without a word', (_, geometry) => {
    expect(checkGeometry(geometry, IMAGE)).toEqual({ reasons: [], notes: [] });
  });

  it.each<[string, Geometry]>([
    ['a box without width', box(1, 1, 0, 5)],
    ['a box of negative height', box(1, 1, 5, -2)],
    [
      'a rotated box without height',
      { kind: 'ROTATED_BOX', centreX: '5', centreY: '5', width: '2', height: '0', degrees: '0' },
    ],
    [
      'an ellipse without a radius',
      { kind: 'ELLIPSE', centreX: '5', centreY: '5', radiusX: '0', radiusY: '2', degrees: '0' },
    ],
    ['a polyline of one point said twice', { kind: 'POLYLINE', points: ring(3, 3, 3, 3) }],
    ['a polygon without rings', polygon()],
    ['a polygon of two distinct points', polygon(ring(0, 0, 5, 5, 0, 0))],
    ['a polygon on one line', polygon(ring(0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.7, 0.7))],
    ['a polygon one part of which has no area', polygon(ring(0, 0, 5, 0, 0, 5), ring(1, 1, 2, 2, 3, 3))],
    ['a mask without foreground', { kind: 'MASK', ...encodeMask(new Uint8Array(5000), 100, 50) }],
  ])('refuses %s as DEGENERATE_GEOMETRY, image known or not', (_, geometry) => {
    expect(codes(geometry)).toEqual(['DEGENERATE_GEOMETRY']);
    expect(codes(geometry, null)).toEqual(['DEGENERATE_GEOMETRY']);
  });

  it.each<[string, Geometry]>([
    ['a box right of the image', box(100, 0, 5, 5)],
    ['a box above it', box(0, -5, 5, 5)],
    ['a point beyond the edge', { kind: 'POINT', x: '100.5', y: '2' }],
    ['a polygon left of it', polygon(ring(-9, 0, -5, 0, -9, 5))],
    [
      'a rotated box below it',
      { kind: 'ROTATED_BOX', centreX: '5', centreY: '60', width: '9', height: '9', degrees: '45' },
    ],
  ])('refuses %s as OUTSIDE_IMAGE', (_, geometry) => {
    expect(codes(geometry)).toEqual(['OUTSIDE_IMAGE']);
    expect(codes(geometry, null)).toEqual([]);
  });

  it('keeps a shape that reaches over the edge as it came, with a note', () => {
    const { reasons, notes } = checkGeometry(box(-1, 0, 20, 51), IMAGE);
    expect(reasons).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('(-1, 0) to (19, 51)')]);
  });

  it('takes an overhang of floating-point noise for none', () => {
    expect(checkGeometry(box(0, 0, 100.0000000001, 50), IMAGE).notes).toEqual([]);
  });

  it('refuses a mask of another size than its image, turned ones too', () => {
    const mask: Geometry = { kind: 'MASK', ...encodeMask(new Uint8Array(5000).fill(1), 50, 100) };
    expect(codes(mask)).toEqual(['SIZE_MISMATCH']);
  });

  it('refuses a mask whose runs do not cover it', () => {
    expect(codes({ kind: 'MASK', size: [50, 100], counts: '11' })).toEqual(['INVALID_VALUE']);
  });

  it.each(['01', '1.0', '-0', '1e3', '', 'NaN'])(
    'refuses the number %s, which is not canonical',
    (number) => {
      expect(codes({ kind: 'POINT', x: number, y: '0' })).toEqual(['INVALID_VALUE']);
    },
  );

  it('refuses, notes or keeps a box by where it lies, and by nothing else', () => {
    const side = fc.integer({ min: -300, max: 300 });
    fc.assert(
      fc.property(
        side,
        side,
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        (x, y, w, h) => {
          const { reasons, notes } = checkGeometry(box(x, y, w, h), IMAGE);
          const isInside = x >= 0 && y >= 0 && x + w <= 100 && y + h <= 50;
          const meets = x < 100 && y < 50 && x + w > 0 && y + h > 0;
          expect(reasons.length).toBe(meets ? 0 : 1);
          expect(notes.length).toBe(meets && !isInside ? 1 : 0);
        },
      ),
    );
  });
});

describe('extentOf', () => {
  it('is the enclosing upright rectangle of a turned box', () => {
    const extent = extentOf({
      kind: 'ROTATED_BOX',
      centreX: '10',
      centreY: '10',
      width: '4',
      height: '2',
      degrees: '90',
    });
    expect(extent.left).toBeCloseTo(9, 12);
    expect(extent.bottom).toBeCloseTo(12, 12);
  });

  it('is the enclosing upright rectangle of a turned ellipse', () => {
    const extent = extentOf({
      kind: 'ELLIPSE',
      centreX: '0',
      centreY: '0',
      radiusX: '3',
      radiusY: '3',
      degrees: '37',
    });
    expect(extent.right).toBeCloseTo(3, 12);
    expect(extent.top).toBeCloseTo(-3, 12);
  });
});
