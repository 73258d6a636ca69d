import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position } from '../../src/annotation/geometry.ts';
import { type AreaGeometry, rasterise } from '../../src/annotation/rasterise.ts';
import { encodeMask } from '../../src/annotation/run-length-encoding.ts';
import { canonicalDecimal } from '../../src/kernel/decimal.ts';
import { maskOverlap } from '../../src/statistics/mask-overlap.ts';
import { unionMask } from '../../src/statistics/union-mask.ts';

const FRAME = { width: 12, height: 10 };
const decimal = canonicalDecimal;
const box = (x: number, y: number, width: number, height: number): AreaGeometry => ({
  kind: 'BOX',
  x: decimal(x),
  y: decimal(y),
  width: decimal(width),
  height: decimal(height),
});
const ring = (...numbers: number[]): Position[] =>
  Array.from({ length: numbers.length / 2 }, (_, index) => [
    decimal(numbers[2 * index]!),
    decimal(numbers[2 * index + 1]!),
  ]);
const polygon = (...rings: Position[][]): AreaGeometry => ({ kind: 'POLYGON', rings });

/** The image as rows of text. */
function drawn(geometry: AreaGeometry, { width, height } = FRAME): string[] {
  const { runs } = rasterise(geometry, { width, height });
  const pixels = runs.flatMap((run, place) => new Array<string>(run).fill(place % 2 ? '#' : '.'));
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => pixels[x * height + y]).join(''),
  );
}
const small = { width: 5, height: 4 };
const areaOf = (geometry: AreaGeometry, frame = FRAME) => {
  const mask = rasterise(geometry, frame);
  return maskOverlap(mask, mask).first;
};

describe('A shape as a mask', () => {
  it('has the pixels whose centres are inside of it', () => {
    expect(drawn(box(1, 1, 2, 2), small)).toEqual(['.....', '.##..', '.##..', '.....']);
    expect(drawn(box(0.6, 0, 1, 1), small)).toEqual(['.#...', '.....', '.....', '.....']);
    expect(drawn(polygon(ring(0, 0, 4.2, 0, 0, 4.2)), small)).toEqual(['####.', '###..', '##...', '#....']);
  });

  it('gives a centre on an edge to the shape on its right or below', () => {
    expect(drawn(box(0.5, 0.5, 1, 1), small)).toEqual(['#....', '.....', '.....', '.....']);
    expect(drawn(polygon(ring(0.5, 0.5, 1.5, 0.5, 1.5, 1.5, 0.5, 1.5)), small)).toEqual(
      drawn(box(0.5, 0.5, 1, 1), small),
    );
  });

  it('is even–odd within a ring, and the union of several rings', () => {
    const roundAndBack = ring(0, 0, 5, 0, 5, 4, 0, 4, 0, 0, 1, 1, 4, 1, 4, 3, 1, 3, 1, 1);
    expect(drawn(polygon(roundAndBack), small)).toEqual(['#####', '#...#', '#...#', '#####']);
    const twice = polygon(ring(0, 0, 3, 0, 3, 3, 0, 3), ring(1, 1, 4, 1, 4, 4, 1, 4));
    expect(drawn(twice, small)).toEqual(['###..', '####.', '####.', '.###.']);
  });

  it('is cut at the edge of the image', () => {
    expect(drawn(box(-3, -3, 5, 5), small)).toEqual(['##...', '##...', '.....', '.....']);
    expect(areaOf(box(-5, -5, 50, 50))).toBe(120);
    expect(areaOf(box(20, 20, 2, 2))).toBe(0);
  });

  it('of two polygons with a common border shares no pixel and leaves none out', () => {
    const corner = fc.integer({ min: 0, max: 24 }).map((half) => half / 2);
    fc.assert(
      fc.property(corner, corner, (top, bottom) => {
        const left = polygon(ring(0, 0, top, 0, bottom, 10, 0, 10));
        const right = polygon(ring(top, 0, 12, 0, 12, 10, bottom, 10));
        const [one, other] = [rasterise(left, FRAME), rasterise(right, FRAME)];
        expect(maskOverlap(one, other).both).toBe(0);
        expect(unionMask([one, other])!.runs).toEqual([0, 120]);
      }),
    );
  });

  it('of a box is the same when the box is written as a polygon, or as one turned by nothing', () => {
    const quarter = (max: number) => fc.integer({ min: 0, max: max * 4 }).map((value) => value / 4);
    fc.assert(
      fc.property(quarter(9), quarter(9), quarter(6), quarter(6), (x, y, width, height) => {
        const [right, bottom] = [x + width, y + height];
        const asPolygon = polygon(ring(x, y, right, y, right, bottom, x, bottom));
        expect(rasterise(asPolygon, FRAME)).toEqual(rasterise(box(x, y, width, height), FRAME));
        const turned = {
          kind: 'ROTATED_BOX',
          centreX: decimal(x + width / 2),
          centreY: decimal(y + height / 2),
          width: decimal(width),
          height: decimal(height),
          degrees: '0',
        } as const;
        expect(rasterise(turned, FRAME)).toEqual(rasterise(box(x, y, width, height), FRAME));
      }),
    );
  });

  it('of a box turned by a quarter is the box with its sides exchanged', () => {
    const turned = {
      kind: 'ROTATED_BOX',
      centreX: '6',
      centreY: '5',
      width: '6',
      height: '2',
      degrees: '90',
    } as const;
    expect(rasterise(turned, FRAME)).toEqual(rasterise(box(5, 2, 2, 6), FRAME));
  });

  it('of an ellipse holds what its equation says, in whatever way it is turned', () => {
    const frame = { width: 40, height: 40 };
    const radius = fc.integer({ min: 2, max: 15 });
    fc.assert(
      fc.property(radius, radius, fc.integer({ min: -180, max: 180 }), (radiusX, radiusY, degrees) => {
        const ellipse = {
          kind: 'ELLIPSE',
          centreX: '20.25',
          centreY: '19.75',
          radiusX: decimal(radiusX),
          radiusY: decimal(radiusY),
          degrees: decimal(degrees),
        } as const;
        const rows = drawn(ellipse, frame);
        const angle = (degrees * Math.PI) / 180;
        for (let y = 0; y < 40; y += 1)
          for (let x = 0; x < 40; x += 1) {
            const [across, down] = [x + 0.5 - 20.25, y + 0.5 - 19.75];
            const along = (across * Math.cos(angle) + down * Math.sin(angle)) / radiusX;
            const athwart = (down * Math.cos(angle) - across * Math.sin(angle)) / radiusY;
            const distance = along ** 2 + athwart ** 2;
            if (Math.abs(distance - 1) > 1e-9) expect(rows[y]![x] === '#').toBe(distance < 1);
          }
      }),
      { numRuns: 40 },
    );
  });

  it('of a mask is the mask, in a frame of its own size only', () => {
    const rows = Uint8Array.from([1, 0, 0, 1, 1, 0]);
    const mask = { kind: 'MASK', ...encodeMask(rows, 3, 2) } as const;
    expect(drawn(mask, { width: 3, height: 2 })).toEqual(['#..', '##.']);
    expect(() => rasterise(mask, { width: 2, height: 3 })).toThrow(/nothing is stretched/);
  });
});
