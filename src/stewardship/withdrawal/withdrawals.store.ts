import type { EntityManager } from 'typeorm';
import type { Withdrawal, WithdrawalReason, WithdrawalScope } from './withdrawal.ts';
import type { FeedEntry } from './withdrawal-feed.ts';

/** Records the withdrawal and its tombstones; gives its number. */
export async function insertWithdrawal(
  db: EntityManager,
  withdrawal: {
    id: string;
    datasetId: string;
    scope: WithdrawalScope;
    reason: WithdrawalReason;
    principalId: string | null;
    revision: number;
    keepsDigests: boolean;
  },
  imageIds: readonly string[],
  now: Date,
): Promise<void> {
  const { id, datasetId, scope, reason, principalId, revision, keepsDigests } = withdrawal;
  await db.query(
    `INSERT INTO withdrawal (id, dataset_id, number, at, scope, reason, principal_id, revision)
     VALUES ($1, $2, (SELECT coalesce(max(number), 0) + 1 FROM withdrawal WHERE dataset_id = $2), $3, $4, $5, $6, $7)`,
    [id, datasetId, now, scope, reason, principalId, revision],
  );
  await db.query(
    `INSERT INTO withdrawn_image (dataset_id, image_id, withdrawal_id, digest)
     SELECT DISTINCT ON (image_id) dataset_id, image_id, $3::uuid, CASE WHEN $4 THEN digest END FROM image
     WHERE dataset_id = $1 AND image_id = ANY($2::uuid[]) ORDER BY image_id, since DESC`,
    [datasetId, imageIds, id, keepsDigests],
  );
}

export async function withdrawnIds(db: EntityManager, withdrawalId: string): Promise<string[]> {
  const rows: { id: string }[] = await db.query(
    `SELECT replace(image_id::text, '-', '') AS id FROM withdrawn_image WHERE withdrawal_id = $1`,
    [withdrawalId],
  );
  return rows.map(({ id }) => id);
}

export async function insertCompletion(
  db: EntityManager,
  withdrawalId: string,
  counts: { snapshots: number; renderings: number; blobs: number },
  now: Date,
): Promise<void> {
  await db.query(
    `INSERT INTO withdrawal_completion (withdrawal_id, at, snapshots, renderings, blobs) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (withdrawal_id) DO NOTHING`,
    [withdrawalId, now, counts.snapshots, counts.renderings, counts.blobs],
  );
}

const SELECT = `
  SELECT w.id, w.dataset_id AS "datasetId", w.number, w.at, w.scope, w.reason, w.revision, c.at AS "completedAt",
         (SELECT count(*) FROM withdrawn_image i WHERE i.withdrawal_id = w.id)::int AS "imageCount"
  FROM withdrawal w LEFT JOIN withdrawal_completion c ON c.withdrawal_id = w.id`;

export async function findWithdrawal(db: EntityManager, id: string): Promise<Withdrawal | null> {
  const [row] = await db.query(`${SELECT} WHERE w.id::text = $1`, [id]);
  return row ?? null;
}

/** The latest first. */
export async function listWithdrawals(
  db: EntityManager,
  datasetId: string,
  before: number | null,
  limit: number,
): Promise<Withdrawal[]> {
  return db.query(
    `${SELECT} WHERE w.dataset_id = $1 AND ($2::int IS NULL OR w.number < $2) ORDER BY w.number DESC LIMIT $3`,
    [datasetId, before, limit],
  );
}

export interface MissingImage {
  readonly snapshot: string;
  readonly imageId: string;
  readonly leaf: string;
  readonly view: number;
  readonly withdrawalId: string;
  readonly at: Date;
  readonly reason: WithdrawalReason;
}

/** The images that a snapshot lacks, by their ids. */
export async function listMissing(
  db: EntityManager,
  snapshot: string,
  after: string | null,
  limit: number,
): Promise<MissingImage[]> {
  return db.query(
    `SELECT m.snapshot, replace(m.image_id::text, '-', '') AS "imageId", m.leaf, m.view, m.withdrawal_id AS "withdrawalId", w.at, w.reason
     FROM snapshot_withdrawal m JOIN withdrawal w ON w.id = m.withdrawal_id
     WHERE m.snapshot = $1 AND ($2::uuid IS NULL OR m.image_id > $2::uuid) ORDER BY m.image_id LIMIT $3`,
    [snapshot, after, limit],
  );
}

/** How often images of the snapshots were withdrawn; those that are whole are not in it. */
export async function countViews(
  db: EntityManager,
  snapshots: readonly string[],
): Promise<Map<string, number>> {
  const rows: { snapshot: string; view: number }[] = await db.query(
    'SELECT snapshot, max(view) AS view FROM snapshot_view WHERE snapshot = ANY($1) GROUP BY snapshot',
    [snapshots],
  );
  return new Map(rows.map(({ snapshot, view }) => [snapshot, view]));
}

/** The withdrawn images of a snapshot in the order in which they went: by view, then by id. */
export async function listFeed(
  db: EntityManager,
  snapshot: string,
  after: { readonly view: number; readonly id: string } | null,
  limit: number,
): Promise<{ readonly view: number; readonly entry: FeedEntry }[]> {
  const rows: (Omit<FeedEntry, 'at'> & { at: Date; view: number })[] = await db.query(
    `SELECT m.view, w.at, replace(m.image_id::text, '-', '') AS id, m.leaf, w.reason, w.scope, m.snapshot
     FROM snapshot_withdrawal m JOIN withdrawal w ON w.id = m.withdrawal_id
     WHERE m.snapshot = $1 AND ($2::int IS NULL OR (m.view, m.image_id) > ($2::int, $3::uuid)) ORDER BY m.view, m.image_id LIMIT $4`,
    [snapshot, after?.view ?? null, after?.id ?? null, limit],
  );
  return rows.map(({ view, at, ...entry }) => ({ view, entry: { ...entry, at: at.toISOString() } }));
}

/** The withdrawals that reached a snapshot, the first first, each with how many of its images went. */
export async function listSnapshotWithdrawals(
  db: EntityManager,
  snapshot: string,
): Promise<{ readonly at: Date; readonly reason: WithdrawalReason; readonly images: number }[]> {
  return db.query(
    `SELECT w.at, w.reason, (SELECT count(*) FROM snapshot_withdrawal m WHERE m.snapshot = v.snapshot AND m.view = v.view)::int AS images
     FROM snapshot_view v JOIN withdrawal w ON w.id = v.withdrawal_id WHERE v.snapshot = $1 ORDER BY v.view`,
    [snapshot],
  );
}
