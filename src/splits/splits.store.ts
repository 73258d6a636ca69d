import type { EntityManager } from 'typeorm';
import { acquisitionField } from '../acquisition/acquisition.store.ts';
import { IMAGE_LABELS } from '../annotation/image-labels.store.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { insertRows } from '../platform/database.ts';
import type { Split, SplitFacts } from './split.ts';
import type { SplitCertificate } from './split-certificate.ts';
import type { SplitDocument } from './split-document.ts';
import type { SplitAssignment, SplitKeys, SplitRequest, SplitSubject } from './split-strategy.ts';
import type { SplitRow } from './splits.tables.ts';

function toSplit(row: SplitRow): Split {
  const facts: SplitFacts = {
    id: row.id,
    datasetId: row.dataset_id,
    name: row.name,
    revision: row.revision,
    ...(JSON.parse(row.request) as SplitRequest & SplitKeys),
    document: JSON.parse(row.document),
    digest: row.digest,
    certificate: JSON.parse(row.certificate),
    createdAt: row.created_at,
  };
  if (row.state !== 'FROZEN') return { ...facts, state: 'DRAFT' };
  return { ...facts, state: 'FROZEN', frozenAt: row.frozen_at!, waiver: row.waiver };
}

/** What a split needs to know of each kept image, in one statement, ordered by id. */
export async function listSubjects(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
  keys: SplitKeys,
): Promise<(SplitSubject & { unit: string | null; session: string | null; digest: string | null })[]> {
  const group = keys.groupBy === null ? 'NULL::text' : acquisitionField(keys.groupBy);
  const stratum =
    keys.stratifyBy === null || keys.stratifyBy === 'label' ? null : acquisitionField(keys.stratifyBy);
  return db.query(
    `WITH labels AS (SELECT image_id, array_agg(label ORDER BY label COLLATE "C") AS labels FROM (${IMAGE_LABELS}) l WHERE top GROUP BY image_id)
     SELECT replace(i.image_id::text, '-', '') AS image, i.digest, ${group} AS "group", a.captured_at AS time,
            CASE WHEN a.unit_known THEN a.unit END AS unit, a.session,
            ${stratum === null ? "coalesce(l.labels, '{}')" : `CASE WHEN ${stratum} IS NULL THEN '{}'::text[] ELSE ARRAY[${stratum}] END`} AS labels
     FROM image i
     JOIN acquisition a ON a.dataset_id = i.dataset_id AND a.image_id = i.image_id AND a.since <= $2 AND $2 < a.until
     LEFT JOIN labels l ON l.image_id = i.image_id
     WHERE i.dataset_id = $1 AND i.since <= $2 AND $2 < i.until
       AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND e.since <= $2 AND $2 < e.until)
     ORDER BY i.image_id`,
    [at.datasetId, at.asOf],
  );
}

export async function findSplit(db: EntityManager, datasetId: string, name: string): Promise<Split | null> {
  const [row]: SplitRow[] = await db.query('SELECT * FROM split WHERE dataset_id = $1 AND name = $2', [
    datasetId,
    name,
  ]);
  return row ? toSplit(row) : null;
}

export async function findSplitById(db: EntityManager, id: string): Promise<Split | null> {
  const [row]: SplitRow[] = await db.query('SELECT * FROM split WHERE id::text = $1', [id]);
  return row ? toSplit(row) : null;
}

export async function listSplitRows(
  db: EntityManager,
  datasetId: string,
  after: string | null,
  limit: number,
): Promise<Split[]> {
  const rows: SplitRow[] = await db.query(
    'SELECT * FROM split WHERE dataset_id = $1 AND ($2::text IS NULL OR name COLLATE "C" > $2) ORDER BY name COLLATE "C" LIMIT $3',
    [datasetId, after, limit],
  );
  return rows.map(toSplit);
}

export interface NewSplit {
  readonly datasetId: string;
  readonly name: string;
  readonly revision: number;
  readonly request: SplitRequest & SplitKeys;
  readonly document: SplitDocument;
  readonly digest: string;
  readonly certificate: SplitCertificate;
}

/** Writes a draft; a draft of the same name is replaced, and the caller has made sure that it is not frozen. */
export async function replaceDraft(
  db: EntityManager,
  split: NewSplit,
  assignment: SplitAssignment,
  now: Date,
): Promise<Split> {
  await db.query(
    'DELETE FROM split_assignment WHERE split_id = (SELECT id FROM split WHERE dataset_id = $1 AND name = $2)',
    [split.datasetId, split.name],
  );
  await db.query('DELETE FROM split WHERE dataset_id = $1 AND name = $2', [split.datasetId, split.name]);
  const [row]: SplitRow[] = await db.query(
    `INSERT INTO split (dataset_id, name, revision, state, request, document, digest, certificate, created_at)
     VALUES ($1, $2, $3, 'DRAFT', $4, $5, $6, $7, $8) RETURNING *`,
    [
      split.datasetId,
      split.name,
      split.revision,
      canonicalJson(split.request),
      canonicalJson(split.document),
      split.digest,
      canonicalJson(split.certificate),
      now,
    ],
  );
  const rows = assignment.map(({ image, part }) => ({ split_id: row!.id, image_id: image, part }));
  await insertRows(db, 'split_assignment', { split_id: 'uuid', image_id: 'uuid', part: 'text' }, rows);
  return toSplit(row!);
}

export async function freezeRow(
  db: EntityManager,
  id: string,
  certificate: SplitCertificate,
  waiver: string | null,
  now: Date,
): Promise<void> {
  await db.query(
    `UPDATE split SET state = 'FROZEN', certificate = $2, waiver = $3, frozen_at = $4 WHERE id = $1`,
    [id, canonicalJson(certificate), waiver, now],
  );
}

export interface Assigned {
  readonly datasetId: string;
  readonly splitId: string;
  readonly image: string;
  readonly part: string;
}

export async function listAssignments(
  db: EntityManager,
  split: { id: string; datasetId: string },
  filter: { part: string | null; after: string | null; limit: number },
): Promise<Assigned[]> {
  return db.query(
    `SELECT $1::text AS "datasetId", split_id AS "splitId", replace(image_id::text, '-', '') AS image, part FROM split_assignment
     WHERE split_id = $2 AND ($3::text IS NULL OR part = $3) AND ($4::uuid IS NULL OR image_id > $4::uuid) ORDER BY image_id LIMIT $5`,
    [split.datasetId, split.id, filter.part, filter.after, filter.limit],
  );
}

/** Split name → image id → part, for these images: what a page of a manifest needs. */
export async function partsOfImages(
  db: EntityManager,
  splitIds: readonly string[],
  imageIds: readonly string[],
): Promise<Map<string, Record<string, string>>> {
  const rows: { name: string; image: string; part: string }[] = await db.query(
    `SELECT s.name, replace(p.image_id::text, '-', '') AS image, p.part FROM split_assignment p JOIN split s ON s.id = p.split_id
     WHERE p.split_id = ANY($1::uuid[]) AND p.image_id = ANY($2::uuid[])`,
    [splitIds, imageIds],
  );
  const parts = new Map<string, Record<string, string>>();
  for (const { name, image, part } of rows) parts.set(image, { ...parts.get(image), [name]: part });
  return parts;
}
