import readExif from 'exif-reader';
import type { ExifTags, ExifValue } from '../kernel/image-facts.ts';

/** Tags that describe the encoding, not the picture, and can be as long as the image has strips. */
const ENCODING =
  /^(StripOffsets|StripByteCounts|TileOffsets|TileByteCounts|JPEGTables|ColorMap|TransferFunction|ImageResources|InterColorProfile|XMLPacket|IPTCNAA|MakerNote|\d+)$/;

/** EXIF text is ASCII by the standard, UTF-8 or Latin-1 in the field; padding and everything after a NUL goes. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

const trimmed = (text: string) => text.split('\0')[0]!.trim();

/** The reader makes dates of timestamps, rolling impossible ones over: only what the bytes say is kept. */
function stamp(date: Date, block: Buffer): string | null {
  if (Number.isNaN(date.getTime())) return null;
  const text = date.toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ');
  return block.includes(text, 0, 'latin1') ? text : null;
}

function tagValue(value: unknown, tag: string, block: Buffer): ExifValue | null {
  if (typeof value === 'string') return trimmed(value) || null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value instanceof Date) return stamp(value, block);
  if (Array.isArray(value)) {
    const numbers = value.filter((item): item is number => Number.isFinite(item));
    return numbers.length === value.length && numbers.length > 0 ? numbers : null;
  }
  const isText =
    /^(Make|Model|Artist|Copyright|Software|ImageDescription|CameraOwnerName|.*SerialNumber|LensM.*)$/;
  return value instanceof Uint8Array && isText.test(tag) ? trimmed(textOf(value)) || null : null;
}

function directory(tags: Readonly<Record<string, unknown>> | null | undefined, block: Buffer) {
  const values: Record<string, ExifValue> = {};
  for (const [tag, raw] of Object.entries(tags ?? {})) {
    if (ENCODING.test(tag)) continue;
    const value = tagValue(raw, tag, block);
    if (value !== null) values[tag] = value;
  }
  return values;
}

/**
 * EXIF of a block that starts with `Exif\0\0` or with a TIFF header. A broken block is no reason to refuse an
 * image: what can be read is returned, and `problem` says that not everything could.
 */
export function exifTags(block: Buffer): { readonly exif: ExifTags | null; readonly problem: string | null } {
  try {
    const { Image, Photo, GPSInfo } = readExif(block);
    const note = Photo?.MakerNote as unknown;
    const exif = {
      image: directory(Image, block),
      photo: directory(Photo, block),
      gps: directory(GPSInfo, block),
      makerNoteBytes: note instanceof Uint8Array ? note.length : 0,
    };
    const broken = [
      ...(Image === undefined || Image === null ? ['the main directory'] : []),
      ...(Photo === null ? ['the Exif directory'] : []),
      ...(GPSInfo === null ? ['the GPS directory'] : []),
    ];
    const problem = broken.length > 0 ? `The EXIF block ends inside ${broken.join(' and ')}.` : null;
    return { exif, problem };
  } catch {
    return { exif: null, problem: 'The EXIF block is damaged and could not be read.' };
  }
}
