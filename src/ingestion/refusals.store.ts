import type { EntityManager } from 'typeorm';
import type { ErrorCode } from '../kernel/errors.ts';
import { OPEN_REVISION } from '../kernel/revision.ts';
import { insertRows } from '../platform/database.ts';
import type { RefusalStage, RefusedImage } from './refused-image.ts';

interface At {
  readonly datasetId: string;
  readonly revision: number;
}

/** Opens these refusals, closing what was said of the same names before; gives how many were not in force already. */
export async function replaceRefusals(
  db: EntityManager,
  at: At,
  refusals: readonly RefusedImage[],
  refusedBy: string | null,
): Promise<number> {
  if (refusals.length === 0) return 0;
  const names = refusals.map(({ name }) => name);
  const rows: RefusedImage[] = await db.query(
    `SELECT name, stage, code, reason FROM refused_image WHERE dataset_id = $1 AND until = ${OPEN_REVISION} AND name = ANY($2)`,
    [at.datasetId, names],
  );
  const held = new Map(rows.map((row) => [row.name, row]));
  const fresh = refusals.filter((refusal) => {
    const now = held.get(refusal.name);
    return now?.stage !== refusal.stage || now.code !== refusal.code || now.reason !== refusal.reason;
  });
  await closeRefusals(
    db,
    at,
    fresh.map(({ name }) => name),
  );
  const columns = {
    dataset_id: 'uuid',
    since: 'int',
    name: 'text',
    stage: 'text',
    code: 'text',
    reason: 'text',
    refused_by: 'text',
  };
  const opened = fresh.map((refusal) => ({
    dataset_id: at.datasetId,
    since: at.revision,
    refused_by: refusedBy,
    ...refusal,
  }));
  await insertRows(db, 'refused_image', columns, opened);
  return fresh.length;
}

/** What is registered at last is refused no more. */
export async function closeRefusals(db: EntityManager, at: At, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await db.query(
    `UPDATE refused_image SET until = $2 WHERE dataset_id = $1 AND until = ${OPEN_REVISION} AND name = ANY($3)`,
    [at.datasetId, at.revision, names],
  );
}

export interface LedgerRefusal extends Omit<RefusedImage, 'name' | 'reason'> {
  readonly rowId: string;
  readonly datasetId: string;
  /** Null where names are restricted, and so is the reason, which may repeat it. */
  readonly name: string | null;
  readonly reason: string | null;
  readonly refusedBy: string | null;
  readonly since: number;
}

/** Refusals in force as of a revision, in the order they came. */
export async function listRefusals(
  db: EntityManager,
  at: { datasetId: string; asOf: number; after: string | null; limit: number },
): Promise<LedgerRefusal[]> {
  return db.query(
    `SELECT row_id::text AS "rowId", dataset_id AS "datasetId", name, stage, code, reason, refused_by AS "refusedBy", since
     FROM refused_image WHERE dataset_id = $1 AND since <= $2 AND $2 < until AND row_id > coalesce($3::bigint, 0)
     ORDER BY row_id LIMIT $4`,
    [at.datasetId, at.asOf, at.after, at.limit],
  );
}

export interface RefusalCount {
  readonly stage: RefusalStage;
  readonly code: ErrorCode;
  readonly images: number;
}

/** How many candidates were refused, by stage and code, as of a revision. */
export async function countRefusals(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
): Promise<RefusalCount[]> {
  return db.query(
    `SELECT stage, code, count(*)::int AS images FROM refused_image
     WHERE dataset_id = $1 AND since <= $2 AND $2 < until GROUP BY stage, code ORDER BY stage COLLATE "C", code COLLATE "C"`,
    [at.datasetId, at.asOf],
  );
}
