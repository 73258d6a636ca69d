import sharp from 'sharp';
import { DomainError } from '../kernel/errors.ts';

/** An image whose pixels are labels, row by row. A colour that is no grey is 0xRRGGBB. */
export interface LabelImage {
  readonly width: number;
  readonly height: number;
  readonly values: Uint32Array;
  readonly isColour: boolean;
}

const MOST_PIXELS = 2 ** 28;

/**
 * The labels of a PNG or TIFF, by its path or its bytes, as stored, of 1 to 32 bits; colours that are all grey are that grey. A constant
 * alpha says nothing; where the alpha alone varies it is the label. Throws UNSUPPORTED_MEDIA_TYPE for JPEG and WebP, which may keep
 * no exact values, INVALID_VALUE for numbers that are no labels, CORRUPT_IMAGE.
 */
export async function readLabelImage(source: string | Uint8Array, name: string): Promise<LabelImage> {
  const image = () =>
    sharp(source, {
      failOn: 'error',
      limitInputPixels: MOST_PIXELS,
      limitInputChannels: false,
      ignoreIcc: true,
    });
  const { format, space, depth, pages = 1 } = await orRefusal(name, image().metadata());
  if (!['png', 'tiff'].includes(format ?? ''))
    throw new DomainError(
      'UNSUPPORTED_MEDIA_TYPE',
      `"${name}" is ${format}, and a mask is read from what keeps exact values; export the mask as PNG or TIFF.`,
    );
  if (pages !== 1) refuse(name, `has ${pages} pages; give each mask a file of its own`);
  const sixteen = depth === 'ushort';
  const isGrey = space === 'b-w' || space === 'grey16';
  const target = sixteen ? (isGrey ? 'grey16' : 'rgb16') : isGrey ? 'b-w' : 'srgb';
  const { data, info } = await orRefusal(
    name,
    image()
      .toColourspace(target)
      .raw({ depth: depth === 'uchar' ? 'uchar' : 'double' })
      .toBuffer({ resolveWithObject: true }),
  );
  const samples =
    depth === 'uchar' ? data : new Float64Array(data.buffer, data.byteOffset, data.byteLength / 8);
  return { width: info.width, height: info.height, ...labelsOf(name, samples, info.channels) };
}

function labelsOf(name: string, samples: Uint8Array | Float64Array, channels: number) {
  const pixels = samples.length / channels;
  const colours = channels <= 2 ? 1 : 3;
  const alpha = channels > colours ? colours : null;
  const isConstant = (channel: number) => {
    for (let at = channel; at < samples.length; at += channels)
      if (samples[at] !== samples[channel]) return false;
    return true;
  };
  const first = alpha !== null && !isConstant(alpha) ? alpha : 0;
  if (first !== 0 && !Array.from({ length: colours }, (_, channel) => channel).every(isConstant))
    refuse(name, 'has colours and transparency that both vary; flatten it');
  const values = new Uint32Array(pixels);
  let isColour = false;
  for (let pixel = 0, at = first; pixel < pixels; pixel++, at += channels) {
    const value = samples[at]!;
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** 32)
      refuse(name, `holds ${value}, which is no label; labels are whole numbers from 0`);
    values[pixel] = value;
    isColour ||= colours === 3 && first === 0 && (samples[at + 1] !== value || samples[at + 2] !== value);
  }
  if (isColour) {
    for (let pixel = 0, at = 0; pixel < pixels; pixel++, at += channels) {
      const [red, green, blue] = [samples[at]!, samples[at + 1]!, samples[at + 2]!];
      if (Math.max(red, green, blue) > 255) refuse(name, 'has colours of 16 bits; export it with 8 bits');
      values[pixel] = red * 0x10000 + green * 0x100 + blue;
    }
  }
  return { values, isColour };
}

async function orRefusal<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new DomainError(
      'CORRUPT_IMAGE',
      `"${name}" cannot be decoded as a mask; export it as PNG or TIFF.`,
    );
  }
}

function refuse(name: string, rule: string): never {
  throw new DomainError('INVALID_VALUE', `"${name}" ${rule}.`);
}
