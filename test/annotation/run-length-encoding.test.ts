import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compressRuns,
  decodeMask,
  encodeMask,
  encodeRuns,
  expandRuns,
  maskArea,
} from '../../src/annotation/run-length-encoding.ts';

/** Encoded by pycocotools 2.0.11, `mask.encode(np.asfortranarray(rows))` and `mask.area`. */
const PYCOCOTOOLS = [
  { counts: '<', rows: ['0000', '0000', '0000'], area: 0 },
  { counts: '0<', rows: ['1111', '1111', '1111'], area: 12 },
  { counts: '01;', rows: ['1000', '0000', '0000'], area: 1 },
  { counts: '012008OL1L00O01000', rows: ['1010100', '0111011', '0111000', '1111110', '0111001'], area: 21 },
  { counts: '11300', rows: ['010001000'], area: 2 },
  { counts: '021O0001', rows: ['1', '1', '0', '1', '0', '1', '0', '1', '1'], area: 6 },
  { counts: '0`01A11O00103', rows: ['111011', '111001', '111111', '111111', '110011', '111101'], area: 30 },
];

const mask = () =>
  fc
    .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
    .chain(([width, height]) =>
      fc
        .uint8Array({ minLength: width * height, maxLength: width * height, max: 1 })
        .map((pixels) => ({ width, height, pixels })),
    );

describe('the run-length encoding of masks', () => {
  it.each(PYCOCOTOOLS)('agrees with pycocotools on $counts, both ways', ({ counts, rows, area }) => {
    const pixels = Uint8Array.from(rows.join(''), Number);
    const encoding = encodeMask(pixels, rows[0]!.length, rows.length);
    expect(encoding).toEqual({ size: [rows.length, rows[0]!.length], counts });
    expect(decodeMask(encoding)).toEqual(pixels);
    expect(maskArea(encoding)).toBe(area);
  });

  it('agrees with pycocotools on a large mask with a hole', () => {
    const [width, height] = [900, 700];
    const pixels = new Uint8Array(width * height);
    for (let y = 100; y < 650; y++) pixels.fill(1, y * width + 37, y * width + 800);
    for (let y = 300; y < 400; y++) pixels.fill(0, y * width + 300, y * width + 500);
    const encoding = encodeMask(pixels, width, height);
    expect(maskArea(encoding)).toBe(399650);
    expect(createHash('sha256').update(encoding.counts).digest('hex')).toBe(
      '1309b5c14e83eff5aa043471d95226724e89ff56b4f13852c0d1dd64dd44b7f3',
    );
  });

  it('gives back every mask it encoded, with its area', () => {
    fc.assert(
      fc.property(mask(), ({ width, height, pixels }) => {
        const encoding = encodeMask(pixels, width, height);
        expect(decodeMask(encoding)).toEqual(pixels);
        expect(maskArea(encoding)).toBe(pixels.reduce((sum, pixel) => sum + pixel, 0));
      }),
    );
  });

  it('gives back every list of runs it compressed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 40 })), (runs) => {
        expect(expandRuns(compressRuns(runs))).toEqual(runs);
      }),
    );
  });

  it('gives equal masks equal texts, however their runs were cut', () => {
    expect(encodeRuns([1, 6], [3, 0, 0, 2, 1])).toEqual(encodeRuns([1, 6], [3, 2, 1]));
    expect(encodeRuns([1, 5], [0, 0, 5]).counts).toBe(encodeRuns([1, 5], [5]).counts);
    expect(encodeRuns([1, 5], [0, 2, 0, 3, 0]).counts).toBe(encodeRuns([1, 5], [0, 5]).counts);
  });

  it.each([
    ['a character outside of the alphabet', '0 <'],
    ['an unfinished number', 'o'],
    ['a run longer than any image', 'o'.repeat(20) + '0'],
    ['a negative run', 'O'],
    ['runs that do not cover the image', '11'],
  ])('refuses %s', (_, counts) => {
    expect(() => maskArea({ size: [3, 4], counts })).toThrow(
      expect.objectContaining({ code: 'INVALID_VALUE' }),
    );
  });

  it('refuses to encode pixels that are not width × height', () => {
    expect(() => encodeMask(new Uint8Array(5), 2, 3)).toThrow(
      expect.objectContaining({ code: 'SIZE_MISMATCH' }),
    );
  });
});
