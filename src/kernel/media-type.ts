/** Media types the image probe decodes. SVG and PDF are not raster and can reach the network or run scripts. */
export const DECODABLE_MEDIA_TYPES: readonly string[] = [
  'image/jpeg',
  'image/png',
  'image/tiff',
  'image/webp',
  'image/gif',
  'image/avif',
];

/** Bytes from the start of a file that suffice for `mediaType`. */
export const SNIFFED_BYTES = 1024;

const EXTENSIONS: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  jpe: 'image/jpeg',
  jfif: 'image/jpeg',
  png: 'image/png',
  apng: 'image/png',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  avifs: 'image/avif',
  heic: 'image/heic',
  heif: 'image/heif',
  jp2: 'image/jp2',
  j2k: 'image/jp2',
  jpx: 'image/jp2',
  jxl: 'image/jxl',
  bmp: 'image/bmp',
  ico: 'image/vnd.microsoft.icon',
  psd: 'image/vnd.adobe.photoshop',
  dng: 'image/x-adobe-dng',
  nef: 'image/x-nikon-nef',
  cr2: 'image/x-canon-cr2',
  arw: 'image/x-sony-arw',
  orf: 'image/x-olympus-orf',
  pef: 'image/x-pentax-pef',
};

/** [offset, bytes as Latin-1, media type]; the first that fits decides. */
const SIGNATURES: readonly (readonly [number, string, string])[] = [
  // The 128 bytes before DICM are free, and some writers put a TIFF header there (DICOM PS3.10 §7.1).
  [128, 'DICM', 'application/dicom'],
  [0, '\xff\xd8\xff', 'image/jpeg'],
  [0, '\x89PNG\r\n\x1a\n', 'image/png'],
  [8, 'CR\x02\x00', 'image/x-canon-cr2'],
  [0, 'II*\x00', 'image/tiff'],
  [0, 'MM\x00*', 'image/tiff'],
  [0, 'II+\x00', 'image/tiff'],
  [0, 'MM\x00+', 'image/tiff'],
  [0, 'GIF87a', 'image/gif'],
  [0, 'GIF89a', 'image/gif'],
  [0, '\x00\x00\x00\x0cjP  \r\n\x87\n', 'image/jp2'],
  [0, '\xff\x4f\xff\x51', 'image/jp2'],
  [0, '\xff\x0a', 'image/jxl'],
  [0, '\x00\x00\x00\x0cJXL \r\n\x87\n', 'image/jxl'],
  [0, 'BM', 'image/bmp'],
  [0, '\x00\x00\x01\x00', 'image/vnd.microsoft.icon'],
  [0, '8BPS', 'image/vnd.adobe.photoshop'],
  [0, 'IIRO', 'image/x-olympus-orf'],
  [0, '%PDF-', 'application/pdf'],
  [0, '%!PS', 'application/postscript'],
  [0, 'PK\x03\x04', 'application/zip'],
  [0, '\x1f\x8b', 'application/gzip'],
  [0, '\x89HDF\r\n\x1a\n', 'application/x-hdf5'],
  [0, '\x1aE\xdf\xa3', 'video/webm'],
  [0, '\x00\x00\x01\xba', 'video/mpeg'],
  [0, '\x00\x00\x01\xb3', 'video/mpeg'],
  [0, 'OggS', 'application/ogg'],
];

const RIFF_FORMS: Readonly<Record<string, string>> = {
  WEBP: 'image/webp',
  'AVI ': 'video/x-msvideo',
  WAVE: 'audio/wav',
};

/** Brands of ISO base media files (ISO/IEC 14496-12 §4.3). */
const BRANDS: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  avis: 'image/avif',
  heic: 'image/heic',
  heix: 'image/heic',
  hevc: 'image/heic',
  mif1: 'image/heif',
  msf1: 'image/heif',
  'qt  ': 'video/quicktime',
};

function latin1(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (const byte of bytes.subarray(start, end)) text += String.fromCharCode(byte);
  return text;
}

/** A generic major brand (`mif1`) is made precise by the compatible brands that follow it. */
function isoBaseMediaType(head: Uint8Array): string {
  const major = BRANDS[latin1(head, 8, 12)];
  if (major !== undefined && major !== 'image/heif') return major;
  const size = Math.min(head.length, (head[2]! << 8) | head[3]!);
  for (let at = 16; at + 4 <= size; at += 4) {
    const compatible = BRANDS[latin1(head, at, at + 4)];
    if (compatible === 'image/avif' || compatible === 'image/heic') return compatible;
  }
  return major ?? 'video/mp4';
}

function isText(head: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary from text.
    return !/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text);
  } catch {
    return false;
  }
}

function textMediaType(head: Uint8Array): string {
  const text = new TextDecoder().decode(head);
  if (/<svg[\s>]/i.test(text)) return 'image/svg+xml';
  if (/^\s*<(!doctype html|html)/i.test(text)) return 'text/html';
  if (/^\s*<\?xml/.test(text)) return 'application/xml';
  return 'text/plain';
}

/** The media type that a file name's extension claims; null where it claims no raster format. */
export function mediaTypeOfName(name: string): string | null {
  const extension = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase();
  return (extension !== undefined && Object.hasOwn(EXTENSIONS, extension) && EXTENSIONS[extension]) || null;
}

/**
 * The media type by the first bytes of a file (its name is not asked).
 * @param head the first `SNIFFED_BYTES` bytes, fewer where the file is shorter
 * @returns `application/octet-stream` where nothing fits
 */
export function mediaType(head: Uint8Array): string {
  for (const [offset, signature, type] of SIGNATURES) {
    if (latin1(head, offset, offset + signature.length) === signature) return type;
  }
  if (latin1(head, 0, 4) === 'RIFF') return RIFF_FORMS[latin1(head, 8, 12)] ?? 'application/octet-stream';
  if (latin1(head, 4, 8) === 'ftyp') return isoBaseMediaType(head);
  if (latin1(head, 4, 8) === 'moov' || latin1(head, 4, 8) === 'mdat') return 'video/quicktime';
  return isText(head) ? textMediaType(head) : 'application/octet-stream';
}
