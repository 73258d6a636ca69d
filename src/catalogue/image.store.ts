import type { EntityManager } from 'typeorm';
import { insertRows } from '../platform/database.ts';
import type { Sensitivity } from './dataset.ts';

export interface Image {
  readonly datasetId: string;
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** The revision this image was read as of; what hangs on it is read as of the same. */
  readonly asOf: number;
  readonly name: string;
  readonly digest: string | null;
  readonly pixels: 'BYTES' | 'REFERENCE';
  readonly address: string | null;
  readonly mediaType: string | null;
  readonly size: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly since: number;
  readonly sensitivity: Sensitivity;
  readonly exclusion: Exclusion | null;
}

export interface Exclusion {
  readonly datasetId: string;
  readonly stage: string;
  readonly reason: string;
}

/** SQL: images (`i`) that hold at revision $2 of dataset $1, each with its exclusion as of then. */
export const IMAGES = `
  SELECT i.dataset_id AS "datasetId", replace(i.image_id::text, '-', '') AS id, $2::int AS "asOf", i.name, i.digest, i.pixels, i.address,
         i.media_type AS "mediaType", i.size::float8 AS size, i.width, i.height, i.since,
         (SELECT d.sensitivity FROM dataset d WHERE d.id = i.dataset_id) AS sensitivity,
         CASE WHEN e.reason IS NULL THEN NULL ELSE json_build_object('datasetId', i.dataset_id, 'stage', e.stage, 'reason', e.reason) END AS exclusion
  FROM image i
  LEFT JOIN exclusion e ON e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND e.since <= $2 AND $2 < e.until
  WHERE i.dataset_id = $1 AND i.since <= $2 AND $2 < i.until`;

/** Kept images in manifest order, from the one after `after`. */
export async function listKeptImages(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
  page: { after: string | null; limit: number },
): Promise<Image[]> {
  return db.query(
    `${IMAGES} AND ($3::uuid IS NULL OR i.image_id > $3::uuid) AND e.reason IS NULL ORDER BY i.image_id LIMIT $4`,
    [at.datasetId, at.asOf, page.after, page.limit],
  );
}

export async function findImages(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
  ids: readonly string[],
): Promise<Image[]> {
  return db.query(`${IMAGES} AND i.image_id = ANY($3::uuid[])`, [at.datasetId, at.asOf, ids]);
}

/** Those of the names that the dataset holds now. */
export async function findImagesByName(
  db: EntityManager,
  datasetId: string,
  asOf: number,
  names: readonly string[],
): Promise<Image[]> {
  return db.query(`${IMAGES} AND i.name = ANY($3::text[])`, [datasetId, asOf, names]);
}

export interface ImageCounts {
  readonly kept: number;
  readonly excluded: number;
}

/** Counts of several datasets, each as of its own revision, in one statement; in the order asked. */
export async function countImages(
  db: EntityManager,
  moments: readonly { datasetId: string; asOf: number }[],
): Promise<ImageCounts[]> {
  return db.query(
    `SELECT (count(i.row_id) FILTER (WHERE e.row_id IS NULL))::int AS kept, count(e.row_id)::int AS excluded
     FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY AS m(dataset_id, as_of, place)
     LEFT JOIN image i ON i.dataset_id = m.dataset_id AND i.since <= m.as_of AND m.as_of < i.until
     LEFT JOIN exclusion e ON e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND e.since <= m.as_of AND m.as_of < e.until
     GROUP BY m.place ORDER BY m.place`,
    [moments.map(({ datasetId }) => datasetId), moments.map(({ asOf }) => asOf)],
  );
}

export interface NewImage {
  readonly image_id: string;
  readonly name: string;
  readonly digest: string | null;
  readonly pixels: 'BYTES' | 'REFERENCE';
  readonly address: string | null;
  readonly media_type: string | null;
  readonly size: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly salt: string | null;
  readonly annotation_salt: string | null;
  readonly metadata_salt: string | null;
}

export async function insertImages(
  db: EntityManager,
  at: { datasetId: string; revision: number },
  images: readonly NewImage[],
): Promise<void> {
  await insertRows(
    db,
    'image',
    {
      dataset_id: 'uuid',
      since: 'int',
      image_id: 'uuid',
      name: 'text',
      digest: 'text',
      pixels: 'text',
      address: 'text',
      media_type: 'text',
      size: 'bigint',
      width: 'int',
      height: 'int',
      salt: 'text',
      annotation_salt: 'text',
      metadata_salt: 'text',
    },
    images.map((image) => ({ dataset_id: at.datasetId, since: at.revision, ...image })),
  );
}

export async function insertExclusions(
  db: EntityManager,
  at: { datasetId: string; revision: number },
  exclusions: readonly { image_id: string; stage: string; reason: string; excluded_by: string | null }[],
): Promise<void> {
  await insertRows(
    db,
    'exclusion',
    {
      dataset_id: 'uuid',
      since: 'int',
      image_id: 'uuid',
      stage: 'text',
      reason: 'text',
      excluded_by: 'text',
    },
    exclusions.map((exclusion) => ({ dataset_id: at.datasetId, since: at.revision, ...exclusion })),
  );
}

/** Digests and ids of images of the dataset that were withdrawn, of those asked for. */
export async function findWithdrawn(
  db: EntityManager,
  datasetId: string,
  { digests, ids }: { readonly digests: readonly string[]; readonly ids: readonly string[] },
): Promise<ReadonlySet<string>> {
  const rows: { id: string; digest: string | null }[] = await db.query(
    `SELECT replace(image_id::text, '-', '') AS id, digest FROM withdrawn_image
     WHERE dataset_id = $1 AND (digest = ANY($2) OR image_id = ANY($3::uuid[]))`,
    [datasetId, digests, ids],
  );
  return new Set(rows.flatMap(({ id, digest }) => (digest === null ? [id] : [id, digest])));
}

/** Which datasets of these hold the digest in an image; `datasetIds` null asks all of them. */
export async function datasetsHolding(
  db: EntityManager,
  digest: string,
  datasetIds: readonly string[] | null,
): Promise<string[]> {
  const rows: { id: string }[] = await db.query(
    "SELECT DISTINCT dataset_id AS id FROM image WHERE digest = $1 AND pixels = 'BYTES' AND until > since AND ($2::text[] IS NULL OR dataset_id::text = ANY($2))",
    [digest, datasetIds],
  );
  return rows.map(({ id }) => id);
}
