import { decodeMask, encodeMask, type RunLengthEncoding } from '../annotation/run-length-encoding.ts';
import { DomainError } from '../kernel/errors.ts';

/** Bits of a run's length less one, by the two bits before it. */
const LENGTH_BITS = [3, 4, 8, 16] as const;
const CHANNELS = 4;

/**
 * Reads the `rle` of a Label Studio brush: the bytes of an RGBA image, row by row, packed in bits (thi.ng rle-pack).
 * A header of 32 bits (how many words), 5 (bits of a word, less 1) and four of 4 (bits of a length, less 1), then
 * chunks: 1 bit (a run of one word, else words as they stand), 2 (which length), the length less 1, the words.
 * A pixel whose alpha is above 0 belongs to the mask. Throws MALFORMED_FILE for bytes that end early or run over,
 * SIZE_MISMATCH for another number of pixels.
 */
export function readBrush(bytes: ArrayLike<number>, width: number, height: number): RunLengthEncoding {
  let position = 0;
  const read = (bits: number): number => {
    if (position + bits > bytes.length * 8) return malformed('ends within its runs');
    let value = 0;
    for (let end = position + bits; position < end; position++) {
      value = value * 2 + ((bytes[position >> 3]! >> (7 - (position & 7))) & 1);
    }
    return value;
  };
  const total = read(32);
  const wordBits = read(5) + 1;
  const lengthBits = LENGTH_BITS.map(() => read(4) + 1);
  if (total !== width * height * CHANNELS) {
    throw new DomainError(
      'SIZE_MISMATCH',
      `The brush has ${total / CHANNELS} pixels, its image ${width} × ${height}; send the brush of this image.`,
    );
  }
  const mask = new Uint8Array(width * height);
  for (let index = 0; index < total; ) {
    const isRun = read(1) === 1;
    const end = index + read(lengthBits[read(2)]!) + 1;
    if (end > total) malformed('runs over its image');
    let word = isRun ? read(wordBits) : 0;
    for (; index < end; index++) {
      if (!isRun) word = read(wordBits);
      if (index % CHANNELS === CHANNELS - 1 && word > 0) mask[(index - CHANNELS + 1) / CHANNELS] = 1;
    }
  }
  return encodeMask(mask, width, height);
}

/** The bytes of a brush whose four channels are 255 in the mask and 0 elsewhere, in runs alone. Read back, the same mask. */
export function writeBrush(encoding: RunLengthEncoding): number[] {
  const mask = decodeMask(encoding);
  const bytes: number[] = [];
  let position = 0;
  const write = (value: number, bits: number): void => {
    for (let bit = bits - 1; bit >= 0; bit--, position++) {
      if ((position & 7) === 0) bytes.push(0);
      if (Math.floor(value / 2 ** bit) % 2 === 1) bytes[position >> 3]! |= 128 >> (position & 7);
    }
  };
  write(mask.length * CHANNELS, 32);
  write(7, 5);
  for (const bits of LENGTH_BITS) write(bits - 1, 4);
  for (let start = 0; start < mask.length; ) {
    let end = start + 1;
    while (end < mask.length && mask[end] === mask[start]) end++;
    for (let left = (end - start) * CHANNELS; left > 0; ) {
      const length = Math.min(left, 2 ** 16);
      const size = LENGTH_BITS.findIndex((bits) => length <= 2 ** bits);
      write(1, 1);
      write(size, 2);
      write(length - 1, LENGTH_BITS[size]!);
      write(mask[start] === 0 ? 0 : 255, 8);
      left -= length;
    }
    start = end;
  }
  return bytes;
}

function malformed(fault: string): never {
  throw new DomainError('MALFORMED_FILE', `The brush ${fault}; export it anew.`);
}
