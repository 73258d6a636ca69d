import pLimit from 'p-limit';
import { DomainError } from '../kernel/errors.ts';
import { sharp } from './image-decoder.ts';

export interface PreviewOptions {
  /** The longest side of the preview, in pixels; smaller images are not enlarged. */
  readonly longestSide: number;
  readonly maxPixels: number;
  readonly timeoutSeconds: number;
}

/** WebP. `low` and `high` are shown black and white; null where the samples are 8-bit and shown as they are. */
export interface PreviewedImage {
  readonly webp: Uint8Array;
  readonly low: number | null;
  readonly high: number | null;
}

/** Each decodes a whole image: two at once are what two cores and their memory bear. */
const turn = pLimit(2);

/**
 * The first page of an image, turned as its EXIF orientation asks. Samples of more than 8 bits are stretched from the 1st to
 * the 99th percentile of the finite samples of the preview; their transparency is not shown.
 */
export async function previewImage(path: string, options: PreviewOptions): Promise<PreviewedImage> {
  try {
    return await turn(() => preview(path, options));
  } catch (error) {
    throw refusal(error, options);
  }
}

/** The decoder's own words are not passed on: its error log is shared by all threads and may speak of another. */
function refusal(error: unknown, { timeoutSeconds }: PreviewOptions): DomainError {
  if (/^timeout: /m.test(String(error)))
    return new DomainError('DECODE_TIMEOUT', `Decoding the image took longer than ${timeoutSeconds} s.`);
  return new DomainError('CORRUPT_IMAGE', 'The image cannot be decoded within the limits of this server.');
}

async function preview(path: string, options: PreviewOptions): Promise<PreviewedImage> {
  const { longestSide, maxPixels, timeoutSeconds } = options;
  const limits = { limitInputPixels: maxPixels, limitInputChannels: false } as const;
  const { depth, space } = await sharp(path, limits).metadata();
  const within = {
    width: longestSide,
    height: longestSide,
    fit: 'inside',
    withoutEnlargement: true,
  } as const;
  const small = sharp(path, { ...limits, failOn: 'error', ignoreIcc: depth !== 'uchar' })
    .timeout({ seconds: Math.min(3600, timeoutSeconds) })
    .autoOrient()
    .resize(within);
  if (depth === 'uchar' || space.startsWith('lab'))
    return {
      webp: await small.toColourspace('srgb').webp({ quality: 82, effort: 2 }).toBuffer(),
      low: null,
      high: null,
    };
  const sixteen = depth === 'ushort';
  const colour = sixteen && space !== 'b-w' && space !== 'grey16';
  const { data, info } = await small
    .removeAlpha()
    .toColourspace(sixteen ? (colour ? 'rgb16' : 'grey16') : 'b-w')
    .raw({ depth: sixteen ? 'ushort' : 'float' })
    .toBuffer({ resolveWithObject: true });
  const count = info.width * info.height * info.channels;
  const samples = sixteen
    ? new Uint16Array(data.buffer, data.byteOffset, count)
    : new Float32Array(data.buffer, data.byteOffset, count);
  const finite = Float64Array.from(samples.filter(Number.isFinite as (value: number) => boolean)).sort();
  const [low, high] = finite.length === 0 ? [0, 0] : [nearestRank(finite, 0.01), nearestRank(finite, 0.99)];
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const webp = await sharp(shown(samples, low, high), { raw })
    .webp({ quality: 82, effort: 2 })
    .toBuffer();
  return { webp, low, high };
}

/** The quantile by the nearest rank, of sorted values. */
const nearestRank = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;

/** [low, high] on [0, 255]; what is not finite is black, and so is a constant. */
function shown(samples: ArrayLike<number>, low: number, high: number): Uint8Array {
  const scale = high > low ? 255 / (high - low) : 0;
  return Uint8Array.from(samples, (sample) =>
    Math.max(0, Math.min(255, Math.round((sample - low) * scale) || 0)),
  );
}
