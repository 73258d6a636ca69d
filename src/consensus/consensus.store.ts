import type { EntityManager } from 'typeorm';
import { unsealed } from '../annotation/sealed.store.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { insertRows } from '../platform/database.ts';
import type { ConsensusRow } from './consensus.tables.ts';
import type { Consensus } from './consensus.ts';
import type { ItemDocument, MadeConsensus } from './consensus-message.ts';
import { type ConsensusRequest, consensusId } from './consensus-request.ts';
import type { ImageRatings } from './image-ratings.ts';
import type { ConsensusItem } from './make-items.ts';

const IMAGES_A_PAGE = 2000;

/**
 * What was said of each kept image, a page at a time in the order of the images' ids. People and groups count, or those
 * named; nothing under seal, and nothing said to settle disagreement.
 */
export async function* pagesOfRatings(
  db: EntityManager,
  { datasetId, revision, annotators }: ConsensusRequest,
): AsyncGenerator<ImageRatings[]> {
  for (let after: string | null = null; ; ) {
    const page: ImageRatings[] = await db.query(
      `SELECT replace(i.image_id::text, '-', '') AS "imageId", i.width, i.height, coalesce((
         SELECT json_agg(json_build_object('id', replace(n.annotation_id::text, '-', ''), 'annotator', n.annotator, 'isGroup', a.kind = 'GROUP',
           'kind', n.kind, 'label', n.label, 'geometry', n.geometry, 'pass', n.pass, 'votes', n.votes,
           'order', lpad(n.since::text, 10, '0') || ' ' || coalesce(n.annotated_at, '') || ' ' || n.annotation_id) ORDER BY n.annotation_id)
         FROM annotation n
         JOIN annotator a ON a.dataset_id = n.dataset_id AND a.pseudonym = n.annotator AND a.since <= $2 AND $2 < a.until
         LEFT JOIN annotation_round r ON r.dataset_id = n.dataset_id AND r.name = n.round AND r.since <= $2 AND $2 < r.until
         WHERE n.dataset_id = i.dataset_id AND n.image_id = i.image_id AND n.since <= $2 AND $2 < n.until
           AND CASE WHEN $4::text[] IS NULL THEN a.kind IN ('HUMAN', 'GROUP') ELSE n.annotator = ANY($4::text[]) END
           AND r.purpose IS DISTINCT FROM 'ADJUDICATION' AND ${unsealed('n')}), '[]') AS ratings
       FROM image i
       WHERE i.dataset_id = $1 AND i.since <= $2 AND $2 < i.until AND ($3::uuid IS NULL OR i.image_id > $3::uuid)
         AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND e.since <= $2 AND $2 < e.until)
       ORDER BY i.image_id LIMIT ${IMAGES_A_PAGE}`,
      [datasetId, revision, after, annotators],
    );
    if (page.length > 0) yield page;
    if (page.length < IMAGES_A_PAGE) return;
    after = page.at(-1)!.imageId;
  }
}

/** The annotators of these names at the revision, of any kind. */
export async function knownAnnotators(
  db: EntityManager,
  { datasetId, revision }: Pick<ConsensusRequest, 'datasetId' | 'revision'>,
  names: readonly string[],
): Promise<string[]> {
  const rows: { pseudonym: string }[] = await db.query(
    'SELECT pseudonym FROM annotator WHERE dataset_id = $1 AND since <= $2 AND $2 < until AND pseudonym = ANY($3)',
    [datasetId, revision, names],
  );
  return rows.map(({ pseudonym }) => pseudonym);
}

/** Of two that make the same one, one keeps it. */
export async function lockConsensus(db: EntityManager, id: string): Promise<void> {
  await db.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [id]);
}

/** Adds items of a consensus that is being kept, in the caller's transaction. */
export async function insertItems(
  db: EntityManager,
  consensus: string,
  items: readonly ItemDocument[],
): Promise<void> {
  const rows = items.map(({ imageId, document }) => ({ consensus, image_id: imageId, document }));
  await insertRows(db, 'consensus_item', { consensus: 'text', image_id: 'uuid', document: 'text' }, rows);
}

export async function insertConsensus(
  db: EntityManager,
  request: ConsensusRequest,
  made: MadeConsensus,
  now: Date,
): Promise<void> {
  await db.query(
    `INSERT INTO consensus (id, dataset_id, revision, name, method, request, input_digest, digest, item_count, result, made_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      consensusId(request),
      request.datasetId,
      request.revision,
      request.name,
      request.method,
      canonicalJson(request),
      made.inputDigest,
      made.digest,
      made.itemCount,
      canonicalJson(made.result),
      now,
    ],
  );
}

export async function findConsensus(db: EntityManager, id: string): Promise<Consensus | null> {
  const [row]: ConsensusRow[] = await db.query('SELECT * FROM consensus WHERE id = $1', [id]);
  return row ? toConsensus(row) : null;
}

/** The latest of this name, or the one of this id, in the dataset. */
export async function findConsensusNamed(
  db: EntityManager,
  datasetId: string,
  nameOrId: string,
): Promise<Consensus | null> {
  const [row]: ConsensusRow[] = await db.query(
    'SELECT * FROM consensus WHERE dataset_id = $1 AND (id = $2 OR name = $2) ORDER BY id = $2 DESC, row_id DESC LIMIT 1',
    [datasetId, nameOrId],
  );
  return row ? toConsensus(row) : null;
}

/** Latest first. */
export async function listConsensusRows(
  db: EntityManager,
  datasetId: string,
  filter: { name: string | null; before: string | null; limit: number },
): Promise<Consensus[]> {
  const rows: ConsensusRow[] = await db.query(
    `SELECT * FROM consensus WHERE dataset_id = $1 AND ($2::text IS NULL OR name = $2) AND ($3::bigint IS NULL OR row_id < $3)
     ORDER BY row_id DESC LIMIT $4`,
    [datasetId, filter.name, filter.before, filter.limit],
  );
  return rows.map(toConsensus);
}

/** Items in the order of the images' ids; `tied` those without one likeliest class alone. */
export async function listItems(
  db: EntityManager,
  consensus: string,
  filter: { tied: boolean | null; after: string | null; limit: number },
): Promise<{ imageId: string; item: ConsensusItem }[]> {
  const rows: { imageId: string; document: string }[] = await db.query(
    `SELECT replace(image_id::text, '-', '') AS "imageId", document FROM consensus_item
     WHERE consensus = $1 AND ($2::uuid IS NULL OR image_id > $2::uuid)
       AND ($3::boolean IS NULL OR (jsonb_array_length(coalesce(document::jsonb->'ties', '[]')) > 0) = $3)
     ORDER BY image_id LIMIT $4`,
    [consensus, filter.after, filter.tied, filter.limit],
  );
  return rows.map(({ imageId, document }) => ({ imageId, item: JSON.parse(document) }));
}

/** The documents of these images in these consensuses. */
export async function findItems(
  db: EntityManager,
  consensuses: readonly string[],
  imageIds: readonly string[],
): Promise<{ consensus: string; imageId: string; document: string }[]> {
  if (consensuses.length === 0) return [];
  return db.query(
    `SELECT consensus, replace(image_id::text, '-', '') AS "imageId", document FROM consensus_item
     WHERE consensus = ANY($1) AND image_id = ANY($2::uuid[]) ORDER BY image_id, consensus`,
    [consensuses, imageIds],
  );
}

function toConsensus(row: ConsensusRow): Consensus {
  return {
    id: row.id,
    datasetId: row.dataset_id,
    sequence: row.row_id,
    request: JSON.parse(row.request),
    inputDigest: row.input_digest,
    digest: row.digest,
    itemCount: row.item_count,
    result: JSON.parse(row.result),
    madeAt: row.made_at,
  };
}
