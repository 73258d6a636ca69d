import type { ByteSource } from './tiff-directory.ts';

const ANIMATION_FRAME_HEADER = 16;
const JPEG_HEADER_BYTES = 2 ** 20;
/** Frame headers SOF3, SOF7, SOF11 and SOF15 (ITU-T T.81 table B.1). */
const LOSSLESS_FRAMES = [0xc3, 0xc7, 0xcb, 0xcf];

/** VP8 (lossy) or VP8L in the first image of a WebP (RFC 9649 §2.5, §2.7). */
function webpIsLossy(source: ByteSource): boolean {
  let position = 12;
  while (position + 8 <= source.size) {
    const header = source.read(position, 8);
    const kind = String.fromCharCode(...header.subarray(0, 4));
    if (kind === 'VP8 ') return true;
    if (kind === 'VP8L') return false;
    const length = new DataView(header.buffer, header.byteOffset, 8).getUint32(4, true);
    position += 8 + (kind === 'ANMF' ? ANIMATION_FRAME_HEADER : length + (length % 2));
  }
  return false;
}

function jpegIsLossy(source: ByteSource): boolean {
  const bytes = source.read(0, JPEG_HEADER_BYTES);
  let position = 2;
  while (position + 4 <= bytes.length) {
    const marker = bytes[position + 1]!;
    if (marker === 0xff) {
      position += 1;
      continue;
    }
    if (LOSSLESS_FRAMES.includes(marker)) return false;
    if (marker === 0xda) return true;
    position += 2 + ((bytes[position + 2]! << 8) | bytes[position + 3]!);
  }
  return true;
}

/** TIFF compressions that discard information: both JPEGs, JPEG 2000 as written by scanners, WebP. */
const LOSSY_TIFF: readonly (number | null)[] = [6, 7, 33003, 33005, 34712, 50001];

/**
 * Whether the codec discards information. AVIF counts as lossy, since its lossless mode does not show.
 * @param tiffCompression tag 259 of a TIFF, null for everything else
 */
export function usesLossyCodec(
  mediaType: string,
  source: ByteSource,
  tiffCompression: number | null,
): boolean {
  if (mediaType === 'image/tiff') return LOSSY_TIFF.includes(tiffCompression);
  if (mediaType === 'image/webp') return webpIsLossy(source);
  if (mediaType === 'image/jpeg') return jpegIsLossy(source);
  return mediaType === 'image/avif';
}
