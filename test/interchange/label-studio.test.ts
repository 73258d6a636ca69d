import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeMask } from '../../src/annotation/run-length-encoding.ts';
import { readBrush, writeBrush } from '../../src/interchange/brush-run-length.ts';

const masks = fc
  .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 30 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.integer({ min: 0, max: 1 }), { minLength: width * height, maxLength: width * height })
      .map((pixels) => ({ width, height, mask: encodeMask(Uint8Array.from(pixels), width, height) })),
  );

describe('The brush of Label Studio', () => {
  it('is read back as the mask that was written', () => {
    fc.assert(
      fc.property(masks, ({ width, height, mask }) => {
        expect(readBrush(writeBrush(mask), width, height)).toEqual(mask);
      }),
    );
  });

  it('splits runs longer than 16 bits', () => {
    const mask = encodeMask(new Uint8Array(300 * 200).fill(1), 300, 200);
    expect(readBrush(writeBrush(mask), 300, 200)).toEqual(mask);
  });

  it('takes the alpha channel, and words as they stand', () => {
    const bits =
      (8).toString(2).padStart(32, '0') + '00111' + '0010' + '0011' + '0111' + '1111' + '0' + '00' + '111';
    const words = [9, 9, 9, 0, 0, 0, 0, 1].map((word) => word.toString(2).padStart(8, '0')).join('');
    const text = (bits + words).padEnd(Math.ceil((bits.length + words.length) / 8) * 8, '0');
    const bytes = text.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2));
    expect(readBrush(bytes, 2, 1)).toEqual(encodeMask(Uint8Array.of(0, 1), 2, 1));
  });

  it('is refused where it ends early or is of another size', () => {
    const bytes = writeBrush(encodeMask(Uint8Array.of(0, 1, 1, 0), 2, 2));
    expect(() => readBrush(bytes.slice(0, -2), 2, 2)).toThrow(/ends within/);
    expect(() => readBrush(bytes, 3, 2)).toThrow(/3 × 2/);
  });
});
