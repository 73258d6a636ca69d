import type { EntityManager } from 'typeorm';
import { findAcquisitions } from '../acquisition/acquisition.store.ts';
import { type Annotation, findAnnotationsOf } from '../annotation/annotation.store.ts';
import { PUBLIC_VIEW } from '../annotation/annotation-viewer.ts';
import { requireTerms } from '../catalogue/terms/terms.store.ts';
import { may } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { insertRows } from '../platform/database.ts';
import { partsOfImages } from '../splits/splits.store.ts';
import type { ImageContent } from './image-documents.ts';
import { canonicalDigest, type Snapshot } from './snapshot.ts';
import type { SnapshotRow } from './snapshots.tables.ts';

function toSnapshot(row: SnapshotRow): Snapshot {
  return {
    digest: row.digest,
    datasetId: row.dataset_id,
    revision: row.revision,
    header: row.header,
    imageCount: row.image_count,
    referenceCount: row.reference_count,
    annotationCount: row.annotation_count,
    state: row.state as Snapshot['state'],
    publishedAt: row.published_at,
  };
}

/** Everything a manifest line and its two documents say of one image. */
export interface PublishedImage extends ImageContent {
  readonly annotations: readonly Annotation[];
}

/** Small enough that a page is dead before the collector would have to keep it. */
const IMAGES_A_PAGE = 500;

/**
 * The kept images as of a revision in manifest order, a keyset page at a time: four statements a page, whatever it
 * holds. The next page is read while the present one is used. What a revision holds never changes, so no transaction
 * is needed to read it consistently.
 */
export async function* pagesOfImages(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
  splitIds: readonly string[],
): AsyncGenerator<PublishedImage[]> {
  let next = readPage(db, at, splitIds, null);
  while (true) {
    const page = await next;
    const isLast = page.length < IMAGES_A_PAGE;
    if (!isLast) {
      next = readPage(db, at, splitIds, page.at(-1)!.id);
      // Whoever stops in between waits for no page; who goes on meets the failure above.
      next.catch(() => {});
    }
    if (page.length > 0) yield page;
    if (isLast) return;
  }
}

async function readPage(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
  splitIds: readonly string[],
  after: string | null,
): Promise<PublishedImage[]> {
  const images: Omit<PublishedImage, 'acquisition' | 'annotations' | 'parts'>[] = await db.query(
    `SELECT replace(i.image_id::text, '-', '') AS id, i.name, i.digest, i.pixels, i.address, i.media_type AS "mediaType", i.size::float8 AS size,
            i.width, i.height, i.salt, i.annotation_salt AS "annotationSalt", i.metadata_salt AS "metadataSalt",
            CASE WHEN f.digest IS NOT NULL THEN
              json_build_object('orientation', f.orientation, 'bitDepth', f.bit_depth, 'channels', f.channels, 'pages', f.pages) END AS facts
     FROM image i LEFT JOIN content_facts f ON f.digest = i.digest AND i.pixels = 'BYTES'
     WHERE i.dataset_id = $1 AND i.since <= $2 AND $2 < i.until AND ($3::uuid IS NULL OR i.image_id > $3::uuid)
       AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND e.since <= $2 AND $2 < e.until)
     ORDER BY i.image_id LIMIT ${IMAGES_A_PAGE}`,
    [at.datasetId, at.asOf, after],
  );
  if (images.length === 0) return [];
  const ids = images.map(({ id }) => id);
  const [acquisitions, annotations, parts] = await Promise.all([
    findAcquisitions(db, at, ids),
    findAnnotationsOf(db, at, ids, PUBLIC_VIEW),
    partsOfImages(db, splitIds, ids),
  ]);
  const acquisitionOf = new Map(acquisitions.map((record) => [record.imageId, record]));
  const annotationsOf = new Map<string, Annotation[]>(ids.map((id) => [id, []]));
  for (const annotation of annotations) annotationsOf.get(annotation.imageId)!.push(annotation);
  return images.map((image) => ({
    ...image,
    acquisition: acquisitionOf.get(image.id)!,
    annotations: annotationsOf.get(image.id)!,
    parts: parts.get(image.id) ?? {},
  }));
}

export interface SnapshotFile {
  readonly name: string;
  readonly digest: string;
  readonly size: number;
}

/**
 * Publishes; content that was published before is left as it is. The files go first, for the database takes none of a
 * snapshot that is published; the caller holds the dataset's lock, so that no one publishes the same in between.
 */
export async function insertSnapshot(
  db: EntityManager,
  snapshot: Snapshot,
  files: readonly SnapshotFile[],
): Promise<void> {
  if (await findSnapshot(db, snapshot.digest)) return;
  const named = files.map((file) => ({ snapshot: snapshot.digest, ...file }));
  const types = { snapshot: 'text', name: 'text', digest: 'text', size: 'bigint' };
  await insertRows(db, 'snapshot_file', types, named);
  await db.query(
    `INSERT INTO snapshot (digest, dataset_id, revision, header, image_count, reference_count, annotation_count, state, published_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      snapshot.digest,
      snapshot.datasetId,
      snapshot.revision,
      snapshot.header,
      snapshot.imageCount,
      snapshot.referenceCount,
      snapshot.annotationCount,
      snapshot.state,
      snapshot.publishedAt,
    ],
  );
}

/** What the tag names after the attempt: the given digest, or the one that had the tag before. */
export async function claimTag(
  db: EntityManager,
  tag: { datasetId: string; tag: string; digest: string },
  now: Date,
): Promise<string> {
  await db.query(
    'INSERT INTO snapshot_tag (dataset_id, tag, snapshot, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [tag.datasetId, tag.tag, tag.digest, now],
  );
  return (await findTag(db, tag.datasetId, tag.tag))!;
}

export async function findTag(db: EntityManager, datasetId: string, tag: string): Promise<string | null> {
  const [row] = await db.query('SELECT snapshot FROM snapshot_tag WHERE dataset_id = $1 AND tag = $2', [
    datasetId,
    tag,
  ]);
  return row?.snapshot ?? null;
}

export async function listTags(
  db: EntityManager,
  digests: readonly string[],
): Promise<{ digest: string; tag: string }[]> {
  return db.query(
    'SELECT snapshot AS digest, tag FROM snapshot_tag WHERE snapshot = ANY($1) ORDER BY tag COLLATE "C"',
    [digests],
  );
}

export async function findSnapshot(db: EntityManager, digest: string): Promise<Snapshot | null> {
  const [row]: SnapshotRow[] = await db.query('SELECT * FROM snapshot WHERE digest = $1', [digest]);
  return row ? toSnapshot(row) : null;
}

/** A published snapshot to be handed out; who may know of it is told the term of its dataset that forbids it. */
export async function visibleSnapshot(context: Context, digest: string): Promise<Snapshot> {
  const snapshot = await knownSnapshot(context, digest);
  await requireTerms(context, snapshot.datasetId);
  return snapshot;
}

/**
 * A published snapshot to be told of, whatever its terms: what became of it, and what was made of it. What may not be fetched is not
 * there, whoever asks.
 */
export async function knownSnapshot(context: Context, digest: string): Promise<Snapshot> {
  context.decisions.add('snapshot.fetch');
  if (!context.actor)
    throw new DomainError(
      'UNAUTHENTICATED',
      'Fetching a snapshot needs a token; none came with the request.',
    );
  const name = canonicalDigest(digest);
  const snapshot = await findSnapshot(context.db, name);
  if (!snapshot || !may(context.actor, 'snapshot.fetch', datasetScope(snapshot.datasetId))) {
    throw new DomainError(
      'NOT_FOUND',
      `No snapshot ${name} is known to this token; a name is never taken in a digest's place.`,
    );
  }
  return snapshot;
}

/** Digests that begin so, and the datasets they are of. */
export async function listDigestsFrom(
  db: EntityManager,
  prefix: string,
): Promise<{ digest: string; datasetId: string }[]> {
  return db.query(
    'SELECT digest, dataset_id AS "datasetId" FROM snapshot WHERE digest LIKE $1 ORDER BY digest COLLATE "C"',
    [`${prefix}%`],
  );
}

/** Newest first. */
export async function listSnapshotRows(
  db: EntityManager,
  datasetId: string,
  after: { at: string; digest: string } | null,
  limit: number,
): Promise<Snapshot[]> {
  const rows: SnapshotRow[] = await db.query(
    `SELECT * FROM snapshot WHERE dataset_id = $1 AND ($2::timestamptz IS NULL OR (published_at, digest) < ($2, $3))
     ORDER BY published_at DESC, digest DESC LIMIT $4`,
    [datasetId, after?.at ?? null, after?.digest ?? null, limit],
  );
  return rows.map(toSnapshot);
}

/** The shards as they are served: those of the latest view that has others. */
const FILES = `(SELECT DISTINCT ON (snapshot, name) snapshot, name, digest, size
  FROM (SELECT snapshot, name, 0 AS view, digest, size FROM snapshot_file
        UNION ALL SELECT snapshot, name, view, digest, size FROM snapshot_view_file) every_view
  ORDER BY snapshot, name, view DESC)`;

/**
 * How often images of a snapshot were withdrawn; 0 while it is whole. UNAVAILABLE while the lines of the last ones are being
 * destroyed, for until then the shards still hold them.
 */
export async function currentView(db: EntityManager, snapshot: string): Promise<number> {
  const [{ due, made }] = await db.query(
    `SELECT coalesce((SELECT max(view) FROM snapshot_view WHERE snapshot = $1), 0) AS due,
            coalesce((SELECT max(view) FROM snapshot_view_file WHERE snapshot = $1), 0) AS made`,
    [snapshot],
  );
  if (due === made) return due;
  throw new DomainError(
    'UNAVAILABLE',
    `Images of ${snapshot} were withdrawn and are being destroyed; ask again in a moment.`,
  );
}

/** The same whether its shards are made or not; nobody withdraws of the snapshot until the transaction ends. */
export async function lockedView(db: EntityManager, snapshot: string): Promise<number> {
  await db.query('SELECT 1 FROM snapshot WHERE digest = $1 FOR SHARE', [snapshot]);
  const [{ view }] = await db.query(
    'SELECT coalesce(max(view), 0) AS view FROM snapshot_view WHERE snapshot = $1',
    [snapshot],
  );
  return view;
}

export async function findSnapshotFile(
  db: EntityManager,
  snapshot: string,
  name: string,
): Promise<SnapshotFile | null> {
  await currentView(db, snapshot);
  const [row] = await db.query(
    `SELECT name, digest, size::float8 AS size FROM ${FILES} f WHERE snapshot = $1 AND name = $2`,
    [snapshot, name],
  );
  return row ?? null;
}

/** Files by their snapshots and names, in no order. */
export async function findSnapshotFiles(
  db: EntityManager,
  wanted: readonly { readonly snapshot: string; readonly name: string }[],
): Promise<(SnapshotFile & { readonly snapshot: string })[]> {
  return db.query(
    `SELECT f.snapshot, f.name, f.digest, f.size::float8 AS size FROM unnest($1::text[], $2::text[]) AS g(snapshot, name)
     JOIN ${FILES} f ON f.snapshot = g.snapshot AND f.name = g.name`,
    [wanted.map(({ snapshot }) => snapshot), wanted.map(({ name }) => name)],
  );
}

export async function listSnapshotFiles(
  db: EntityManager,
  snapshots: readonly string[],
): Promise<(SnapshotFile & { readonly snapshot: string })[]> {
  return db.query(
    `SELECT snapshot, name, digest, size::float8 AS size FROM ${FILES} f WHERE snapshot = ANY($1) ORDER BY name COLLATE "C"`,
    [snapshots],
  );
}
