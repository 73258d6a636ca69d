import type { EntityManager } from 'typeorm';
import {
  type ExifTags,
  type ImageFacts,
  QUALITY_MEASURES,
  type QualityMeasure,
} from '../kernel/image-facts.ts';
import type { ContentFactsRow } from './ingestion.tables.ts';

/** What the server knows of some bytes, without their pixels. */
export interface ContentFacts
  extends Omit<ImageFacts, 'thumbnail' | 'thumbnail32' | 'hasAlpha' | 'exifProblem' | 'quality'> {
  readonly digest: string;
  readonly size: number;
  readonly thumbnailDigest: string | null;
  readonly quality: Readonly<Record<QualityMeasure, number | null>>;
  readonly qualityReasons: Readonly<Record<string, string>>;
}

const SQL_NAME = Object.fromEntries(
  QUALITY_MEASURES.map((name) => [name, name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]),
) as Record<QualityMeasure, keyof ContentFactsRow & string>;

/** The column of `content_facts` that holds a measure. */
export const qualityColumn = (measure: QualityMeasure): string => SQL_NAME[measure];

const COLUMNS = `digest, media_type, size, width, height, orientation, bit_depth, sample_format, channels, pages, colour_space, was_lossy,
  ${Object.values(SQL_NAME).join(', ')}, quality_reasons, difference_hash, thumbnail_digest, exif`;

export async function findContentFacts(
  db: EntityManager,
  digests: readonly string[],
): Promise<ContentFacts[]> {
  const rows: ContentFactsRow[] = await db.query(
    `SELECT ${COLUMNS} FROM content_facts WHERE digest = ANY($1)`,
    [digests],
  );
  return rows.map(toContentFacts);
}

function toContentFacts(row: ContentFactsRow): ContentFacts {
  return {
    digest: row.digest,
    mediaType: row.media_type,
    size: Number(row.size),
    width: row.width,
    height: row.height,
    orientation: row.orientation,
    bitDepth: row.bit_depth,
    sampleFormat: row.sample_format as ContentFacts['sampleFormat'],
    channels: row.channels,
    pages: row.pages,
    colourSpace: row.colour_space,
    wasLossy: row.was_lossy,
    quality: Object.fromEntries(
      QUALITY_MEASURES.map((name) => [name, row[SQL_NAME[name]]]),
    ) as ContentFacts['quality'],
    qualityReasons: row.quality_reasons,
    differenceHash: row.difference_hash,
    thumbnailDigest: row.thumbnail_digest,
    exif: Object.keys(row.exif).length > 0 ? (row.exif as unknown as ExifTags) : null,
  };
}

/** Content never changes under its digest, so a second writer of the same facts has nothing to add. */
export async function insertContentFacts(
  db: EntityManager,
  facts: ImageFacts,
  bytes: { digest: string; size: number; thumbnailDigest: string },
): Promise<ContentFacts> {
  const measures = QUALITY_MEASURES.map((name) => facts.quality[name]);
  const values = [
    bytes.digest,
    facts.mediaType,
    bytes.size,
    facts.width,
    facts.height,
    facts.orientation,
    facts.bitDepth,
    facts.sampleFormat,
    facts.channels,
    facts.pages,
    facts.colourSpace,
    facts.wasLossy,
    ...measures,
    JSON.stringify(facts.quality.reasons),
    facts.differenceHash,
    bytes.thumbnailDigest,
    JSON.stringify(facts.exif ?? {}),
    facts.thumbnail32 && Buffer.from(facts.thumbnail32),
  ];
  await db.query(
    `INSERT INTO content_facts (${COLUMNS}, thumbnail32) VALUES (${values.map((_, index) => `$${index + 1}`)}) ON CONFLICT (digest) DO NOTHING`,
    values,
  );
  const { thumbnail, thumbnail32, hasAlpha, exifProblem, quality, ...kept } = facts;
  const { pixelCount, reasons, ...measured } = quality;
  return { ...kept, ...bytes, quality: measured, qualityReasons: reasons };
}

export interface HashedImage {
  readonly id: string;
  readonly name: string;
  readonly digest: string;
  readonly hash: string | null;
  /** The unit: images may look alike within one. */
  readonly group: string;
}

/** Every kept image with bytes and its difference hash, as of a revision. */
export async function listHashes(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
): Promise<HashedImage[]> {
  return db.query(
    `SELECT replace(i.image_id::text, '-', '') AS id, i.name, i.digest, f.difference_hash AS hash, a.unit AS "group"
     FROM image i
     JOIN acquisition a ON a.dataset_id = i.dataset_id AND a.image_id = i.image_id AND a.since <= $2 AND $2 < a.until
     LEFT JOIN content_facts f ON f.digest = i.digest
     WHERE i.dataset_id = $1 AND i.since <= $2 AND $2 < i.until AND i.digest IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND e.since <= $2 AND $2 < e.until)
     ORDER BY i.image_id`,
    [at.datasetId, at.asOf],
  );
}

export async function findThumbnails(
  db: EntityManager,
  digests: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const rows: { digest: string; thumbnail32: Buffer | null }[] = await db.query(
    'SELECT digest, thumbnail32 FROM content_facts WHERE digest = ANY($1)',
    [digests],
  );
  return new Map(rows.flatMap(({ digest, thumbnail32 }) => (thumbnail32 ? [[digest, thumbnail32]] : [])));
}
