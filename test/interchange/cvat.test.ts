import { describe, expect, it } from 'vitest';
import { encodeMask } from '../../src/annotation/run-length-encoding.ts';
import { cvatGeometry } from '../../src/interchange/cvat-geometry.ts';

const SIZE = { width: 10, height: 8 };
const edges = { '@xtl': '1.50', '@ytl': '2.00', '@xbr': '4.50', '@ybr': '6.25' };
const mask = { '@rle': '1, 4, 1', '@left': '2', '@top': '2', '@width': '2', '@height': '3' };

describe('A shape of CVAT for images', () => {
  it('is a box by its edges', () => {
    expect(cvatGeometry('box', edges, SIZE)).toEqual([
      { kind: 'BOX', x: '1.5', y: '2', width: '3', height: '4.25' },
    ]);
  });

  it('is a box turned about its centre where it has a rotation', () => {
    expect(cvatGeometry('box', { ...edges, '@rotation': '30.0' }, SIZE)).toEqual([
      { kind: 'ROTATED_BOX', centreX: '3', centreY: '4.125', width: '3', height: '4.25', degrees: '30' },
    ]);
  });

  it('is one point for each of its points', () => {
    expect(cvatGeometry('points', { '@points': '1.50,2.00;4,3' }, SIZE)).toEqual([
      { kind: 'POINT', x: '1.5', y: '2' },
      { kind: 'POINT', x: '4', y: '3' },
    ]);
  });

  it('is a mask whose runs go row by row in its own box', () => {
    const pixels = new Uint8Array(80);
    for (const [x, y] of [
      [3, 2],
      [2, 3],
      [3, 3],
      [2, 4],
    ] as const)
      pixels[y * 10 + x] = 1;
    expect(cvatGeometry('mask', mask, SIZE)).toEqual([{ kind: 'MASK', ...encodeMask(pixels, 10, 8) }]);
  });

  it('is refused where runs do not cover, a box leaves the image, or a number is missing', () => {
    expect(() => cvatGeometry('mask', { ...mask, '@rle': '1, 4' }, SIZE)).toThrow(/do not cover/);
    expect(() => cvatGeometry('mask', { ...mask, '@left': '9' }, SIZE)).toThrow(/no box of whole pixels/);
    expect(() => cvatGeometry('ellipse', { '@cx': '1' }, SIZE)).toThrow(/no cy/);
    expect(() => cvatGeometry('polygon', { '@points': '1,2;3' }, SIZE)).toThrow(/no point/);
  });
});
