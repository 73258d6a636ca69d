import type { EntityManager } from 'typeorm';
import { COLUMN_NAMES, RESTRICTED_NAMES } from '../../acquisition/acquisition-values.ts';

export interface Moment {
  readonly datasetId: string;
  readonly asOf: number;
}

export interface RawCount {
  readonly value: string;
  readonly count: number;
}

/** SQL: the images that are kept as of revision $2 of dataset $1. */
export const KEPT = `SELECT i.* FROM image i WHERE i.dataset_id = $1 AND i.since <= $2 AND $2 < i.until
  AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = $1 AND e.image_id = i.image_id AND e.since <= $2 AND $2 < e.until)`;

/** SQL: counts of an expression over the rows of a source, the most frequent first. */
export const countsOf = (value: string, source: string) =>
  `coalesce((SELECT json_agg(json_build_object('value', value, 'count', count) ORDER BY count DESC, value COLLATE "C")
     FROM (SELECT (${value})::text AS value, count(*)::int AS count FROM ${source} GROUP BY 1) counted), '[]')`;

export interface ImageFacts {
  readonly all: number;
  readonly withBytes: number;
  readonly octets: number;
  readonly sizes: { readonly least: string; readonly most: string } | null;
  readonly mediaTypes: readonly RawCount[];
  readonly bitDepths: readonly RawCount[];
  /** Kept images whose bytes another kept image has too. */
  readonly sameBytes: number;
}

export async function findImageFacts(db: EntityManager, at: Moment): Promise<ImageFacts> {
  const [row] = await db.query(
    `WITH kept AS MATERIALIZED (
       SELECT k.digest, k.pixels, k.size, k.width, k.height, k.media_type, f.bit_depth FROM (${KEPT}) k
       LEFT JOIN content_facts f ON f.digest = k.digest AND k.pixels = 'BYTES'
     )
     SELECT count(*)::int AS all, (count(*) FILTER (WHERE pixels = 'BYTES'))::int AS "withBytes",
            coalesce(sum(size) FILTER (WHERE pixels = 'BYTES'), 0)::float8 AS octets,
            CASE WHEN count(width) > 0 THEN json_build_object('least', min(width) || ' × ' || min(height), 'most', max(width) || ' × ' || max(height)) END AS sizes,
            ${countsOf(`coalesce(media_type, 'unknown')`, 'kept')} AS "mediaTypes",
            ${countsOf(`coalesce(bit_depth::text, 'unknown')`, 'kept')} AS "bitDepths",
            (SELECT coalesce(sum(n), 0)::int FROM (SELECT count(*) AS n FROM kept WHERE digest IS NOT NULL GROUP BY digest HAVING count(*) > 1) twins) AS "sameBytes"
     FROM kept`,
    [at.datasetId, at.asOf],
  );
  return row;
}

export interface RawField {
  readonly name: string;
  readonly of: 'ACQUISITION' | 'FACTOR' | 'RESTRICTED';
  readonly have: number;
  readonly levels: number;
  readonly shown: readonly RawCount[];
}

const MOST_SHOWN = 12;

const sqlName = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** SQL: every value of every field of the kept images; of restricted ones that there is one, and never which. */
const VALUES = [
  `SELECT 'ACQUISITION' AS of, v.name, v.value FROM held a CROSS JOIN LATERAL (VALUES ${COLUMN_NAMES.map((name) => `('${name}', a."${sqlName(name)}")`).join(', ')}) v(name, value) WHERE v.value IS NOT NULL`,
  `SELECT 'FACTOR', v.key, v.value FROM held a CROSS JOIN LATERAL jsonb_each_text(a.declared) v WHERE v.value IS NOT NULL`,
  `SELECT 'RESTRICTED', v.key, NULL FROM held a CROSS JOIN LATERAL jsonb_each_text(a.restricted) v WHERE v.value IS NOT NULL AND v.key IN (${RESTRICTED_NAMES.map((name) => `'${name}'`).join(', ')})`,
].join(' UNION ALL ');

/** SQL: the acquisition record of every kept image. */
const HELD = `SELECT a.* FROM (${KEPT}) k JOIN acquisition a ON a.dataset_id = $1 AND a.image_id = k.image_id AND a.since <= $2 AND $2 < a.until`;

/** The fields of which any kept image has a value. */
export async function listFieldFacts(db: EntityManager, at: Moment): Promise<RawField[]> {
  return db.query(
    `WITH held AS MATERIALIZED (${HELD}),
     levels AS (SELECT of, name, value, count(*)::int AS count FROM (${VALUES}) valued GROUP BY 1, 2, 3)
     SELECT of, name, sum(count)::int AS have, count(value)::int AS levels,
            CASE WHEN count(value) BETWEEN 1 AND ${MOST_SHOWN} THEN json_agg(json_build_object('value', value, 'count', count) ORDER BY count DESC, value COLLATE "C") ELSE '[]' END AS shown
     FROM levels GROUP BY of, name ORDER BY of, name COLLATE "C"`,
    [at.datasetId, at.asOf],
  );
}

export interface CaptureFacts {
  readonly units: number;
  readonly imagesOfUnknownUnit: number;
  readonly first: string | null;
  readonly last: string | null;
  /** Images by where their values came from. */
  readonly sources: readonly RawCount[];
}

export async function findCaptureFacts(db: EntityManager, at: Moment): Promise<CaptureFacts> {
  const [row] = await db.query(
    `WITH held AS MATERIALIZED (${HELD})
     SELECT count(DISTINCT unit) FILTER (WHERE unit_known)::int AS units, count(*) FILTER (WHERE NOT unit_known)::int AS "imagesOfUnknownUnit",
            min(left(captured_at, 10) COLLATE "C") AS first, max(left(captured_at, 10) COLLATE "C") AS last,
            ${countsOf('value', '(SELECT DISTINCT held.image_id, s.value FROM held CROSS JOIN LATERAL jsonb_each_text(held.sources) s) told')} AS sources
     FROM held`,
    [at.datasetId, at.asOf],
  );
  return row;
}

/** The ids of kept images without a value of a field, in their order. */
export async function listImagesWithout(
  db: EntityManager,
  at: Moment,
  { of, name }: { of: RawField['of']; name: string },
  page: { after: string | null; limit: number },
): Promise<string[]> {
  const value = {
    ACQUISITION: `a."${sqlName(name)}"`,
    FACTOR: 'a.declared->>$5',
    RESTRICTED: 'a.restricted->>$5',
  }[of];
  const rows: { id: string }[] = await db.query(
    `SELECT replace(k.image_id::text, '-', '') AS id FROM (${KEPT}) k
     LEFT JOIN acquisition a ON a.dataset_id = $1 AND a.image_id = k.image_id AND a.since <= $2 AND $2 < a.until
     WHERE ($3::uuid IS NULL OR k.image_id > $3::uuid) AND $5::text IS NOT NULL AND ${value} IS NULL ORDER BY k.image_id LIMIT $4`,
    [at.datasetId, at.asOf, page.after, page.limit, name],
  );
  return rows.map(({ id }) => id);
}
