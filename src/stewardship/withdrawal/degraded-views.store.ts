import type { EntityManager } from 'typeorm';
import { insertRows } from '../../platform/database.ts';

/** Gives every snapshot that holds one of the images its next view, and the state that says so. */
export async function openViews(
  db: EntityManager,
  snapshots: readonly string[],
  withdrawalId: string,
): Promise<void> {
  await db.query(
    `INSERT INTO snapshot_view (snapshot, view, withdrawal_id)
     SELECT s, coalesce((SELECT max(view) FROM snapshot_view v WHERE v.snapshot = s), 0) + 1, $2 FROM unnest($1::text[]) s`,
    [snapshots, withdrawalId],
  );
  await db.query(`UPDATE snapshot SET state = 'DEGRADED' WHERE digest = ANY($1)`, [snapshots]);
}

export interface DueView {
  readonly snapshot: string;
  readonly view: number;
  readonly size: number;
  readonly isMade: boolean;
  /** Whose images it lacks beyond the view before. */
  readonly withdrawalId: string;
  readonly at: Date;
}

/**
 * The views that a withdrawal asks for, each after those before it: a view is made of the one before, so that who comes first, of whatever
 * withdrawal, makes them all in their order.
 */
export async function listViews(db: EntityManager, withdrawalId: string): Promise<DueView[]> {
  return db.query(
    `SELECT v.snapshot, v.view, s.image_count AS size, w.id AS "withdrawalId", w.at,
            EXISTS (SELECT 1 FROM snapshot_view_file f WHERE f.snapshot = v.snapshot AND f.view = v.view) AS "isMade"
     FROM snapshot_view own JOIN snapshot_view v ON v.snapshot = own.snapshot AND v.view <= own.view
     JOIN snapshot s ON s.digest = v.snapshot JOIN withdrawal w ON w.id = v.withdrawal_id
     WHERE own.withdrawal_id = $1 ORDER BY v.snapshot, v.view`,
    [withdrawalId],
  );
}

/** Shards as they were in the view before: name → digest. */
export async function filesBefore(
  db: EntityManager,
  { snapshot, view }: Pick<DueView, 'snapshot' | 'view'>,
): Promise<Map<string, string>> {
  const rows: { name: string; digest: string }[] = await db.query(
    `SELECT DISTINCT ON (name) name, digest FROM (
       SELECT name, 0 AS view, digest FROM snapshot_file WHERE snapshot = $1
       UNION ALL SELECT name, view, digest FROM snapshot_view_file WHERE snapshot = $1 AND view < $2) f
     ORDER BY name, view DESC`,
    [snapshot, view],
  );
  return new Map(rows.map(({ name, digest }) => [name, digest]));
}

/** A view is there, whole. */
export async function insertView(
  db: EntityManager,
  { snapshot, view, withdrawalId }: Pick<DueView, 'snapshot' | 'view' | 'withdrawalId'>,
  made: {
    files: readonly { name: string; digest: string; size: number }[];
    erased: readonly { imageId: string; leaf: string }[];
  },
): Promise<void> {
  await insertRows(
    db,
    'snapshot_withdrawal',
    { snapshot: 'text', image_id: 'uuid', view: 'int', withdrawal_id: 'uuid', leaf: 'text' },
    made.erased.map(({ imageId, leaf }) => ({
      snapshot,
      image_id: imageId,
      view,
      withdrawal_id: withdrawalId,
      leaf,
    })),
  );
  await insertRows(
    db,
    'snapshot_view_file',
    { snapshot: 'text', view: 'int', name: 'text', digest: 'text', size: 'bigint' },
    made.files.map((file) => ({ snapshot, view, ...file })),
  );
}

/** The snapshots that each withdrawal degraded, by their digests. */
export async function listDegraded(
  db: EntityManager,
  withdrawals: readonly string[],
): Promise<{ readonly withdrawalId: string; readonly snapshot: string }[]> {
  return db.query(
    `SELECT withdrawal_id AS "withdrawalId", snapshot FROM snapshot_view
     WHERE withdrawal_id = ANY($1) ORDER BY snapshot COLLATE "C"`,
    [withdrawals],
  );
}

/** Digests of every shard, of any view, of the snapshots that a withdrawal reached. */
export async function shardsOfReached(db: EntityManager, withdrawalId: string): Promise<string[]> {
  const rows: { digest: string }[] = await db.query(
    `SELECT digest FROM snapshot_file WHERE snapshot IN (SELECT snapshot FROM snapshot_view WHERE withdrawal_id = $1)
     UNION SELECT digest FROM snapshot_view_file WHERE snapshot IN (SELECT snapshot FROM snapshot_view WHERE withdrawal_id = $1)`,
    [withdrawalId],
  );
  return rows.map(({ digest }) => digest);
}
