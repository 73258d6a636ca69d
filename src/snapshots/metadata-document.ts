import { COLUMN_NAMES, type ColumnName } from '../acquisition/acquisition-values.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { compareText } from '../kernel/compare-text.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Sensitivity } from './snapshot-header.ts';

export interface SourcedValue {
  readonly value: string;
  readonly source: string | null;
}

/** What is unknown is null here and left out of the document. */
export interface MetadataEntry {
  readonly image: string;
  /** As imported; a restricted field of datasets of personal data, and left out there. */
  readonly name: string;
  /** Where the bytes of an image by reference lie. */
  readonly address: string | null;
  /** Facts of the file that every decoder agrees on; pixels, and the EXIF orientation 1 to 8. */
  readonly width: number | null;
  readonly height: number | null;
  readonly orientation: number | null;
  readonly bitDepth: number | null;
  readonly channels: number | null;
  readonly pages: number | null;
  readonly mediaType: string | null;
  /** Column → its value, a number as a decimal string, and where the value came from. */
  readonly acquisition: Readonly<Partial<Record<ColumnName, SourcedValue>>>;
  /** Declared factor → its value. */
  readonly factors: Readonly<Record<string, string>>;
  readonly salt?: string;
}

/**
 * The canonical metadata document of one image, one line without its LF. Derived measures (quality, perceptual
 * hashes) are not in it: they are recomputed from the bytes, and decoders differ in their last digits.
 * Restricted fields (position, serial numbers, owner, maker notes) are refused.
 */
export function metadataDocument(entry: MetadataEntry, sensitivity: Sensitivity): string {
  if ((entry.salt !== undefined) !== (sensitivity === 'PERSONAL')) {
    throw new DomainError(
      'INVALID_VALUE',
      `Image ${entry.image}: a salt goes with PERSONAL, and with nothing else.`,
    );
  }
  return canonicalJson({
    acquisition: Object.fromEntries(
      Object.entries(entry.acquisition).map(([column, { value, source }]) => {
        refuseUnknown(entry.image, column);
        return [column, { source: source ?? undefined, value }];
      }),
    ),
    address: entry.address ?? undefined,
    bitDepth: entry.bitDepth ?? undefined,
    channels: entry.channels ?? undefined,
    factors: Object.entries(entry.factors)
      .map(([name, value]) => ({ name, value }))
      .sort((a, b) => compareText(a.name, b.name)),
    height: entry.height ?? undefined,
    image: entry.image,
    mediaType: entry.mediaType ?? undefined,
    name: sensitivity === 'PERSONAL' ? undefined : entry.name,
    orientation: entry.orientation ?? undefined,
    pages: entry.pages ?? undefined,
    salt: entry.salt,
    width: entry.width ?? undefined,
  });
}

function refuseUnknown(image: string, column: string): void {
  if ((COLUMN_NAMES as readonly string[]).includes(column)) return;
  throw new DomainError(
    'INVALID_VALUE',
    `Image ${image}: ${column} is no acquisition column, and restricted fields never enter a snapshot; leave it out.`,
  );
}
