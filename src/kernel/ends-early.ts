import type { ByteSource } from './tiff-directory.ts';
import { tiffDirectory } from './tiff-directory.ts';

const bigEndian32 = (bytes: Uint8Array, at: number) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);

/** PNG (third edition) §5.3: chunks of length (below 2^31, else damaged), type, data, CRC, up to IEND. */
function pngEndsEarly(source: ByteSource): boolean {
  let position = 8;
  while (position + 12 <= source.size) {
    const header = source.read(position, 8);
    if (String.fromCharCode(...header.subarray(4, 8)) === 'IEND') return false;
    const length = bigEndian32(header, 0);
    if (length > 0x7fffffff) return false;
    position += 12 + length;
  }
  return true;
}

/** ITU-T T.81 §B.1.1: segments with a length up to SOS, then entropy-coded data until the next marker. */
function jpegEndsEarly(source: ByteSource): boolean {
  const bytes = source.read(0, source.size);
  let position = 2;
  for (;;) {
    while (position < bytes.length && bytes[position] !== 0xff) position++;
    while (position < bytes.length && bytes[position] === 0xff) position++;
    if (position >= bytes.length) return true;
    const marker = bytes[position++]!;
    if (marker === 0xd9) return false;
    const standsAlone = marker === 0x00 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    if (standsAlone) continue;
    if (position + 2 > bytes.length) return true;
    position += (bytes[position]! << 8) | bytes[position + 1]!;
  }
}

/** GIF89a §15 to §27: blocks of sub-blocks up to the trailer 0x3B. */
function gifEndsEarly(source: ByteSource): boolean {
  const bytes = source.read(0, source.size);
  const tableSize = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let position = 13 + tableSize(bytes[10] ?? 0);
  while (position < bytes.length) {
    const introducer = bytes[position];
    if (introducer === 0x3b) return false;
    if (introducer === 0x21) position += 2;
    else if (introducer === 0x2c) position += 11 + tableSize(bytes[position + 9] ?? 0);
    else return false;
    while (position < bytes.length && bytes[position] !== 0) position += bytes[position]! + 1;
    position++;
  }
  return true;
}

/** ISO/IEC 14496-12 §4.2: the top-level boxes fill the file. */
function isoBaseMediaEndsEarly(source: ByteSource): boolean {
  let position = 0;
  while (position + 8 <= source.size) {
    const header = source.read(position, 16);
    let length = bigEndian32(header, 0);
    if (length === 0) return false;
    if (length === 1 && header.length === 16)
      length = bigEndian32(header, 8) * 2 ** 32 + bigEndian32(header, 12);
    if (length < 8) return false;
    position += length;
  }
  return position > source.size;
}

/** Resource Interchange File Format: the length of the form stands in bytes 4 to 7, little-endian. */
function riffEndsEarly(source: ByteSource): boolean {
  const header = source.read(0, 8);
  if (header.length < 8) return true;
  return new DataView(header.buffer, header.byteOffset, 8).getUint32(4, true) + 8 > source.size;
}

/**
 * Whether a file ends before the image in it does, by the structure of its container alone. Decoders mostly
 * find that out too, but GIF and AVIF decoders fill in the missing rows and say nothing.
 */
export function endsEarly(mediaType: string, source: ByteSource): boolean {
  switch (mediaType) {
    case 'image/png':
      return pngEndsEarly(source);
    case 'image/jpeg':
      return jpegEndsEarly(source);
    case 'image/gif':
      return gifEndsEarly(source);
    case 'image/avif':
      return isoBaseMediaEndsEarly(source);
    case 'image/webp':
      return riffEndsEarly(source);
    case 'image/tiff': {
      const directory = tiffDirectory(source);
      return directory === null || directory.end > source.size;
    }
    default:
      return false;
  }
}
