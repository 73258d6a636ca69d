import { closeSync, openSync } from 'node:fs';
import { basename } from 'node:path';
import type { Metadata, SharpOptions } from 'sharp';
import { endsEarly } from '../kernel/ends-early.ts';
import { DomainError } from '../kernel/errors.ts';
import type { ImageFacts } from '../kernel/image-facts.ts';
import { DECODABLE_MEDIA_TYPES, mediaType, mediaTypeOfName, SNIFFED_BYTES } from '../kernel/media-type.ts';
import { type ByteSource, type TiffDirectory, tiffDirectory } from '../kernel/tiff-directory.ts';
import { usesLossyCodec } from '../kernel/uses-lossy-codec.ts';
import type { Raster } from '../statistics/tone.ts';
import { exifTags } from './exif-tags.ts';
import { fileSource } from './file-source.ts';
import { sharp } from './image-decoder.ts';
import { measureImage } from './measure-image.ts';
import { SAMPLE_FORMATS } from './sample-formats.ts';

export interface ProbeOptions {
  /** Largest number of pixels decoded, over all pages. */
  readonly maxPixels: number;
  readonly timeoutSeconds: number;
  /** The image's own name, when the path is not it. Its extension is held against the content. */
  readonly name?: string;
}

const LARGEST_EXIF_SOURCE = 256 * 2 ** 20;
const OLD_STYLE_JPEG = 6;

interface Opened {
  readonly path: string;
  readonly name: string;
  readonly type: string;
  readonly source: ByteSource;
  readonly options: ProbeOptions;
  readonly deadline: number;
}

/** The media type of the content, when it may be decoded under this name. */
function admittedType(name: string, source: ByteSource): string {
  if (source.size === 0) throw new DomainError('EMPTY_FILE', `"${name}" has no bytes.`);
  const type = mediaType(source.read(0, SNIFFED_BYTES));
  if (!DECODABLE_MEDIA_TYPES.includes(type)) {
    throw new DomainError(
      'UNSUPPORTED_MEDIA_TYPE',
      `"${name}" is ${type}, which is not decoded here; convert it to TIFF, PNG, JPEG or WebP.`,
    );
  }
  const claimed = mediaTypeOfName(name);
  if (claimed !== null && claimed !== type) {
    throw new DomainError(
      'MEDIA_TYPE_MISMATCH',
      `"${name}" is named as ${claimed}, but its content is ${type}; rename it after its content.`,
    );
  }
  return type;
}

/** The decoder's own words are not passed on: its error log is shared by all threads and may speak of another. */
function refusal({ name, type, source, options, deadline }: Opened, error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (performance.now() >= deadline || /^timeout: /m.test(String(error))) {
    const limit = `${options.timeoutSeconds} s`;
    return new DomainError('DECODE_TIMEOUT', `Decoding "${name}" (${type}) took longer than ${limit}.`);
  }
  if (endsEarly(type, source)) {
    return new DomainError(
      'TRUNCATED_IMAGE',
      `"${name}" (${type}) ends before its image does; fetch it again.`,
    );
  }
  return new DomainError(
    'CORRUPT_IMAGE',
    `"${name}" (${type}) is damaged and cannot be decoded; fetch it again.`,
  );
}

/** failOn `error` finds what `truncated` misses in TIFF; `warning` adds only refusals of harmless tags. */
function decoder({ path, options, deadline }: Opened, more: SharpOptions) {
  const { maxPixels } = options;
  const left = (deadline - performance.now()) / 1000;
  if (left <= 0) throw new Error('timeout: before decoding');
  const image = sharp(path, {
    failOn: 'error',
    sequentialRead: true,
    limitInputPixels: maxPixels,
    limitInputChannels: false,
    ...more,
  });
  return image.timeout({ seconds: Math.min(3600, Math.ceil(left)) });
}

function refuseBomb({ name, options }: Opened, pixels: number): void {
  if (pixels > options.maxPixels) {
    throw new DomainError(
      'DECOMPRESSION_BOMB',
      `"${name}" would decode to ${pixels} pixels over all its pages; the limit is ${options.maxPixels}.`,
    );
  }
}

const headerOf = (path: string, page?: number): Promise<Metadata> =>
  sharp(path, {
    limitInputPixels: false,
    limitInputChannels: false,
    ...(page === undefined ? {} : { page }),
  }).metadata();

/** Pixels over all pages: TIFF pages differ in size, frames of an animation do not. */
async function refuseTooManyPixels(opened: Opened, header: Metadata): Promise<void> {
  const pages = header.pages ?? 1;
  const first = header.width * header.height;
  if (opened.type !== 'image/tiff' || pages === 1) return refuseBomb(opened, first * pages);
  let pixels = first;
  for (let page = 1; page < pages; page++) {
    refuseBomb(opened, pixels);
    const { width, height } = await headerOf(opened.path, page);
    pixels += width * height;
    if (performance.now() > opened.deadline) throw new Error('timeout: reading the pages');
  }
  refuseBomb(opened, pixels);
}

/** Samples as stored where they are 8- or 16-bit RGB or grey; CMYK and Lab as RGB; floating, signed and 32-bit ones as grey for show. */
async function decodeFirst(opened: Opened, header: Metadata, measured: boolean) {
  const colour = header.space !== 'b-w' && header.space !== 'grey16';
  const sixteen = header.depth === 'ushort';
  const keepsSamples = header.space !== 'cmyk';
  const target =
    !measured || (!colour && !sixteen) ? 'b-w' : sixteen ? (colour ? 'rgb16' : 'grey16') : 'srgb';
  const depth = !measured ? 'float' : sixteen ? 'ushort' : 'uchar';
  // Frames are decoded all at once; of the tall strip they make, the first is measured.
  const animated = opened.type === 'image/webp' && (header.pages ?? 1) > 1;
  const image = decoder(opened, { ignoreIcc: keepsSamples, ...(animated ? { pages: -1 } : {}) });
  const { data, info } = await image
    .toColourspace(target)
    .raw({ depth })
    .toBuffer({ resolveWithObject: true });
  const { width, channels } = info;
  return { bytes: data, width, height: info.pageHeight ?? info.height, channels, depth } as const;
}

async function decodeRest({ type, ...opened }: Opened, pages: number): Promise<void> {
  if (type !== 'image/tiff') return;
  for (let page = 1; page < pages; page++) {
    await decoder({ type, ...opened }, { page, ignoreIcc: true })
      .raw()
      .toBuffer();
  }
}

function exifOf({ source, type }: Opened, header: Metadata, directory: TiffDirectory | null) {
  if (header.exif !== undefined) return exifTags(header.exif);
  if (type !== 'image/tiff' || directory?.hasExif !== true) return { exif: null, problem: null };
  if (source.size > LARGEST_EXIF_SOURCE) {
    return { exif: null, problem: 'The file is too large to look for EXIF in all of it.' };
  }
  return exifTags(Buffer.from(source.read(0, source.size)));
}

/** What libvips cannot read of TIFF; of old-style JPEG it returns black rows and no error, so the tags decide. */
function firstDirectory({ type, source, name }: Opened): TiffDirectory | null {
  if (type !== 'image/tiff') return null;
  const directory = tiffDirectory(source);
  const unsupported =
    directory?.compression === OLD_STYLE_JPEG
      ? 'old-style JPEG compression'
      : (directory?.bitsPerSample ?? 0) > 32
        ? `${directory?.bitsPerSample}-bit samples`
        : null;
  if (unsupported !== null) {
    const way = 'convert it to 8-, 16- or 32-bit samples with another compression.';
    throw new DomainError('UNSUPPORTED_MEDIA_TYPE', `"${name}" is image/tiff with ${unsupported}; ${way}`);
  }
  return directory;
}

async function probe(opened: Opened): Promise<ImageFacts> {
  const directory = firstDirectory(opened);
  const header = await headerOf(opened.path);
  await refuseTooManyPixels(opened, header);
  const { pages = 1, depth = 'uchar' } = header;
  const [sampleFormat, bits] = SAMPLE_FORMATS[depth] ?? ['UINT', 8];
  const measured = depth === 'uchar' || depth === 'ushort' || header.space.startsWith('lab');
  const raw = await decodeFirst(opened, header, measured);
  const decoderIsSilent = opened.type === 'image/gif' || opened.type === 'image/avif';
  if (decoderIsSilent && endsEarly(opened.type, opened.source)) throw new Error('the container ends early');
  await decodeRest(opened, pages);
  const { exif, problem } = exifOf(opened, header, directory);
  const stated =
    opened.type === 'image/tiff' ? (directory?.orientation ?? null) : (header.orientation ?? null);
  return {
    mediaType: opened.type,
    width: raw.width,
    height: raw.height,
    orientation: stated !== null && stated >= 1 && stated <= 8 ? stated : null,
    bitDepth: header.bitsPerSample ?? bits,
    sampleFormat,
    channels: header.channels,
    pages,
    colourSpace: header.space,
    wasLossy: usesLossyCodec(opened.type, opened.source, directory?.compression ?? null),
    hasAlpha: header.hasAlpha,
    ...(await measureImage(raw, encodeThumbnail)),
    exif,
    exifProblem: problem,
  };
}

/** WebP of 8-bit samples, long side at most 256; no metadata goes with it. */
function encodeThumbnail({ samples, width, height, channels }: Raster): Promise<Uint8Array> {
  return sharp(samples, { raw: { width, height, channels }, limitInputPixels: false })
    .resize({ width: 256, height: 256, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80, effort: 1 })
    .toBuffer();
}

/**
 * Reads one image file in full and says what it is. Nothing is believed of the name; everything is decoded, so
 * that a file that is cut or damaged is found now and not in training. Memory is bounded by `maxPixels` samples.
 * @throws DomainError UNSUPPORTED_MEDIA_TYPE, EMPTY_FILE, TRUNCATED_IMAGE, CORRUPT_IMAGE, MEDIA_TYPE_MISMATCH,
 *   DECOMPRESSION_BOMB, DECODE_TIMEOUT; the system's own error where the file cannot be opened
 */
export async function probeImage(path: string, options: ProbeOptions): Promise<ImageFacts> {
  const descriptor = openSync(path, 'r');
  try {
    const source = fileSource(descriptor);
    const name = options.name ?? basename(path);
    const type = admittedType(name, source);
    const deadline = performance.now() + options.timeoutSeconds * 1000;
    const opened: Opened = { path, name, type, source, options, deadline };
    try {
      return await probe(opened);
    } catch (error) {
      throw refusal(opened, error);
    }
  } finally {
    closeSync(descriptor);
  }
}
