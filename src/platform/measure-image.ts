import { type ImageFacts, type ImageQuality, QUALITY_MEASURES } from '../kernel/image-facts.ts';
import { type Plane, resamplePlane } from '../statistics/area-resample.ts';
import { differenceHash } from '../statistics/difference-hash.ts';
import { imageQuality } from '../statistics/image-quality.ts';
import type { Raster } from '../statistics/tone.ts';

/** One decoded page: interleaved samples in the machine's byte order. */
export interface DecodedPage {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly depth: 'uchar' | 'ushort' | 'float';
}

type Measured = Pick<ImageFacts, 'quality' | 'differenceHash' | 'thumbnail32' | 'thumbnail'>;

/** Maps [least, greatest] to [0, 255]; samples that are not finite become 0, a constant becomes 0. */
function stretched(samples: ArrayLike<number>): Uint8Array {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < samples.length; index++) {
    const value = samples[index]!;
    if (value < least && value !== Number.NEGATIVE_INFINITY) least = value;
    if (value > greatest && value !== Number.POSITIVE_INFINITY) greatest = value;
  }
  const scale = greatest > least ? 255 / (greatest - least) : 0;
  const bytes = new Uint8Array(samples.length);
  for (let index = 0; index < samples.length; index++) {
    const value = (samples[index]! - least) * scale;
    bytes[index] = value > 0 ? Math.min(255, Math.round(value)) : 0;
  }
  return bytes;
}

/** Cells are rounded to the sample's own steps, so that an even field gives no bits of rounding noise. */
function hashOf(plane: Plane, stepsPerLevel: number): string {
  const { samples } = resamplePlane(plane, 9, 8);
  return differenceHash(samples.map((value) => Math.round(value * stepsPerLevel)));
}

function unmeasured(pixelCount: number): ImageQuality {
  const all = <Value>(value: Value) =>
    Object.fromEntries(QUALITY_MEASURES.map((name) => [name, value])) as Record<
      (typeof QUALITY_MEASURES)[number],
      Value
    >;
  return { ...all(null), pixelCount, reasons: all('UNSCALED_SAMPLES' as const) };
}

/**
 * Quality, hash and thumbnails of a decoded page from its samples, read once. The thumbnail of 8-bit samples is
 * encoded by the decoder's threads while the measures are taken here.
 */
export async function measureImage(
  page: DecodedPage,
  encode: (raster: Raster) => Promise<Uint8Array>,
): Promise<Measured> {
  const { bytes, width, height, depth } = page;
  const channels = page.channels as Raster['channels'];
  const count = width * height * channels;
  const samples =
    depth === 'uchar'
      ? new Uint8Array(bytes.buffer, bytes.byteOffset, count)
      : depth === 'ushort'
        ? new Uint16Array(bytes.buffer, bytes.byteOffset, count)
        : stretched(new Float32Array(bytes.buffer, bytes.byteOffset, count));
  const shown = samples instanceof Uint8Array ? samples : stretched(samples);
  const thumbnail = encode({ samples: shown, width, height, channels });
  const { quality, plane } = imageQuality({ samples, width, height, channels });
  return {
    quality: depth === 'float' ? unmeasured(width * height) : quality,
    differenceHash: hashOf(plane, depth === 'ushort' ? 257 : 1),
    thumbnail32: stretched(resamplePlane(plane, 32, 32).samples),
    thumbnail: await thumbnail,
  };
}
