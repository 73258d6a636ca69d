import { canonicalJson } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/errors.ts';

export interface ManifestEntry {
  /** 32 lower-case hexadecimal characters. */
  readonly id: string;
  /** SHA-256 of the annotation document's line, and of the metadata document's, without the LF. */
  readonly ann: string;
  readonly meta: string;
  readonly media: string | null;
  /** Split → part; a split that leaves the image out has no member. */
  readonly parts: Readonly<Record<string, string>>;
  /** `reference`: the bytes lie elsewhere, at the address in the metadata document. */
  readonly pixels: 'bytes' | 'reference';
  /** Of the bytes; for a reference what was declared, or null. */
  readonly sha256: string | null;
  readonly size: number | null;
  /** 32 hexadecimal characters, for datasets of personal data alone. */
  readonly salt?: string;
}

/** An image taken back: its line is gone, its leaf stays, so the root and the digest still recompute. */
export interface Tombstone {
  readonly leaf: string;
  /** Date of withdrawal, `YYYY-MM-DD`; advisory. */
  readonly withdrawn: string;
}

export type ManifestRecord = (ManifestEntry & { readonly path: string }) | Tombstone;

const HEX_32 = /^[0-9a-f]{32}$/;
const HEX_64 = /^[0-9a-f]{64}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/dicom': 'dcm',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'image/gif': 'gif',
  'image/heic': 'heic',
  'image/heif': 'heif',
  'image/jp2': 'jp2',
  'image/jpeg': 'jpg',
  'image/jxl': 'jxl',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'image/tiff': 'tif',
  'image/webp': 'webp',
};

/** Where the image lies in a pulled folder: `images/<id>.<extension of its media type>`, `bin` where unknown. */
export function imagePath(id: string, media: string | null): string {
  return `images/${id}.${(media !== null && EXTENSIONS[media]) || 'bin'}`;
}

/** The canonical manifest line of one image, without its LF. Lines stand in the order of their ids. */
export function manifestLine(entry: ManifestEntry): string {
  check(entry);
  return canonicalJson({
    ann: entry.ann,
    id: entry.id,
    media: entry.media,
    meta: entry.meta,
    parts: entry.parts,
    path: imagePath(entry.id, entry.media),
    pixels: entry.pixels,
    salt: entry.salt,
    sha256: entry.sha256,
    size: entry.size,
  });
}

/** What stands in the served shards, all three, in place of a withdrawn image's lines. */
export function tombstoneLine({ leaf, withdrawn }: Tombstone): string {
  if (!HEX_64.test(leaf) || !DATE.test(withdrawn)) {
    throw new DomainError(
      'INVALID_VALUE',
      `Tombstone of leaf ${leaf}: needs 64 hexadecimal characters and a date.`,
    );
  }
  return canonicalJson({ leaf, withdrawn });
}

/** Reads one line; MALFORMED_FILE where it is not canonical or breaks a rule, so its path is safe to write to. */
export function parseManifestLine(line: Uint8Array): ManifestRecord {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
    const record: ManifestRecord = JSON.parse(text);
    if ('leaf' in record) {
      if (tombstoneLine(record) !== text) throw new Error('a tombstone has a leaf and a date alone');
      return record;
    }
    if (manifestLine(record) !== text) throw new Error('it is not the canonical form of an entry');
    return record;
  } catch (error) {
    throw new DomainError('MALFORMED_FILE', `A manifest line cannot be read: ${(error as Error).message}`);
  }
}

function check(entry: ManifestEntry): void {
  const pinned = entry.sha256 !== null && entry.size !== null;
  const rules: [boolean, string][] = [
    [HEX_32.test(entry.id), 'id must be 32 lower-case hexadecimal characters'],
    [HEX_64.test(entry.ann) && HEX_64.test(entry.meta), 'ann and meta must be SHA-256 in hexadecimal'],
    [entry.sha256 === null || HEX_64.test(entry.sha256), 'sha256 must be 64 hexadecimal characters or null'],
    [
      entry.size === null || (Number.isSafeInteger(entry.size) && entry.size >= 0),
      'size must be a count or null',
    ],
    [entry.pixels === 'reference' || (entry.pixels === 'bytes' && pinned), 'bytes held need sha256 and size'],
    [entry.salt === undefined || HEX_32.test(entry.salt), 'salt must be 32 hexadecimal characters'],
  ];
  for (const [holds, rule] of rules) {
    if (!holds) throw new DomainError('INVALID_VALUE', `Manifest line of image ${entry.id}: ${rule}.`);
  }
}
