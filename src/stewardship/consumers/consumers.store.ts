import type { EntityManager } from 'typeorm';

/** Somebody who fetched of a snapshot, as the record knows. */
export interface Consumer {
  readonly snapshot: string;
  readonly principalId: string;
  readonly principal: string;
  readonly kind: 'HUMAN' | 'MACHINE';
  readonly firstFetchedAt: Date;
  readonly lastFetchedAt: Date;
  readonly fetches: number;
}

/** Who fetched of the snapshots, by name: from the events of the audit log, so that nobody is forgotten. */
export async function listConsumers(
  db: EntityManager,
  snapshots: readonly string[],
  after: { readonly principal: string; readonly snapshot: string } | null,
  limit: number,
): Promise<Consumer[]> {
  return db.query(
    `SELECT * FROM (
       SELECT substr(e.subject, 10) AS snapshot, e.principal_id AS "principalId", p.name AS principal, p.kind,
              min(e.at)::timestamptz AS "firstFetchedAt", max(e.at)::timestamptz AS "lastFetchedAt", count(*)::int AS fetches
       FROM audit_event e JOIN principal p ON p.id::text = e.principal_id
       WHERE e.subject = ANY(SELECT 'snapshot:' || s FROM unnest($1::text[]) s) AND e.action = 'snapshot.fetch' AND e.phase = 'SUCCEEDED'
       GROUP BY e.subject, e.principal_id, p.name, p.kind) c
     WHERE $2::text IS NULL OR (principal COLLATE "C", snapshot COLLATE "C") > ($2, $3)
     ORDER BY principal COLLATE "C", snapshot COLLATE "C" LIMIT $4`,
    [snapshots, after?.principal ?? null, after?.snapshot ?? null, limit],
  );
}

/** Digests of the snapshots that a withdrawal reached. */
export async function snapshotsReached(db: EntityManager, withdrawalId: string): Promise<string[]> {
  const rows: { snapshot: string }[] = await db.query(
    'SELECT snapshot FROM snapshot_view WHERE withdrawal_id = $1 ORDER BY snapshot COLLATE "C"',
    [withdrawalId],
  );
  return rows.map(({ snapshot }) => snapshot);
}

/** Runs that were reported on the snapshots and not taken back, by their place. */
export async function listRunsOn(
  db: EntityManager,
  snapshots: readonly string[],
  after: string | null,
  limit: number,
): Promise<{ readonly rowId: string; readonly id: string }[]> {
  return db.query(
    `SELECT r.row_id::text AS "rowId", r.id FROM training_run r WHERE r.snapshot = ANY($1) AND r.row_id > coalesce($2::bigint, 0)
       AND NOT EXISTS (SELECT 1 FROM training_run_withdrawal w WHERE w.run_id = r.id) ORDER BY r.row_id LIMIT $3`,
    [snapshots, after, limit],
  );
}

/** A withdrawal that reached a snapshot of which somebody had fetched before. */
export interface Notice {
  readonly withdrawalId: string;
  readonly at: Date;
  readonly reason: string;
  readonly snapshot: string;
  readonly images: number;
}

/** What a principal is to be told: withdrawals from snapshots that it fetched of before they were made, the latest first; of these datasets alone where its token is of no others. */
export async function listNotices(
  db: EntityManager,
  { principalId, datasets }: { readonly principalId: string; readonly datasets: readonly string[] | null },
  before: { readonly at: string; readonly snapshot: string } | null,
  limit: number,
): Promise<Notice[]> {
  return db.query(
    `SELECT w.id AS "withdrawalId", w.at, w.reason, v.snapshot,
            (SELECT count(*) FROM snapshot_withdrawal m WHERE m.snapshot = v.snapshot AND m.withdrawal_id = w.id)::int AS images
     FROM snapshot_view v JOIN withdrawal w ON w.id = v.withdrawal_id
     WHERE EXISTS (SELECT 1 FROM audit_event e WHERE e.subject = 'snapshot:' || v.snapshot AND e.principal_id = $1
                     AND e.action = 'snapshot.fetch' AND e.phase = 'SUCCEEDED' AND e.at::timestamptz <= w.at)
       AND ($2::timestamptz IS NULL OR (w.at, v.snapshot) < ($2, $3))
       AND ($5::uuid[] IS NULL OR w.dataset_id = ANY($5))
     ORDER BY w.at DESC, v.snapshot DESC LIMIT $4`,
    [principalId, before?.at ?? null, before?.snapshot ?? null, limit, datasets],
  );
}

/** What a withdrawal took of snapshots that a principal had fetched of before: their digests, and ids of images, at most `most`. */
export async function lostCopies(
  db: EntityManager,
  { withdrawalId, principalId }: { readonly withdrawalId: string; readonly principalId: string },
  most: number,
): Promise<{ readonly snapshots: string[]; readonly images: string[] }> {
  const snapshots: { snapshot: string }[] = await db.query(
    `SELECT v.snapshot FROM snapshot_view v JOIN withdrawal w ON w.id = v.withdrawal_id
     WHERE v.withdrawal_id = $1 AND EXISTS (SELECT 1 FROM audit_event e WHERE e.subject = 'snapshot:' || v.snapshot AND e.principal_id = $2
                     AND e.action = 'snapshot.fetch' AND e.phase = 'SUCCEEDED' AND e.at::timestamptz <= w.at)
     ORDER BY v.snapshot COLLATE "C"`,
    [withdrawalId, principalId],
  );
  const digests = snapshots.map(({ snapshot }) => snapshot);
  const images: { id: string }[] = await db.query(
    `SELECT DISTINCT replace(image_id::text, '-', '') AS id FROM snapshot_withdrawal
     WHERE withdrawal_id = $1 AND snapshot = ANY($2) ORDER BY 1 LIMIT $3`,
    [withdrawalId, digests, most],
  );
  return { snapshots: digests, images: images.map(({ id }) => id) };
}
