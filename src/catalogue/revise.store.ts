import type { EntityManager } from 'typeorm';
import { recorded } from '../governance/audit.store.ts';
import { type Action, requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { OPEN_REVISION } from '../kernel/revision.ts';
import type { Context } from '../platform/context.ts';
import { lockDataset, visibleDataset } from './dataset.store.ts';
import type { Dataset } from './dataset.ts';

export interface Target {
  readonly dataset: Dataset;
  readonly datasetId: string;
  /** The revision this change makes. Rows it opens hold since then; rows it closes held until then. */
  readonly revision: number;
}

export interface Change<T> {
  /** A change that changed nothing makes no revision: importing the same thing twice leaves no trace but the record. */
  readonly changed: boolean;
  readonly result: T;
}

/**
 * Law 2, the only door to a governed write: judged, recorded, in one transaction, with the dataset's row locked so
 * that writers of one dataset stand in line, and the revision moved on by one if anything changed.
 */
export async function revise<T>(
  context: Context,
  request: { dataset: string; action: Action; verb: string; summary: string; detail?: object },
  work: (context: Context, target: Target) => Promise<Change<T>>,
): Promise<T> {
  const { id } = await visibleDataset(context, request.dataset);
  requireMay(context, request.action, datasetScope(id));
  const change = await recorded(
    context,
    { action: request.verb, subject: datasetScope(id), detail: request.detail },
    async (inner) => {
      await lockDataset(inner.db, id);
      const dataset = await visibleDataset(inner, request.dataset);
      const revision = dataset.revision + 1;
      const done = await work(inner, { dataset, datasetId: id, revision });
      if (done.changed) await openRevision(inner, id, revision, request.summary);
      return { ...done, revision: done.changed ? revision : dataset.revision };
    },
    ({ changed, revision }) => ({ changed, revision }),
  );
  return change.result;
}

export async function openRevision(
  context: Context,
  datasetId: string,
  revision: number,
  summary: string,
): Promise<void> {
  await context.db.query('UPDATE dataset SET revision = $2 WHERE id = $1', [datasetId, revision]);
  await context.db.query(
    'INSERT INTO revision (dataset_id, number, at, principal_id, summary) VALUES ($1, $2, $3, $4, $5)',
    [datasetId, revision, context.now(), context.actor?.principalId ?? null, summary],
  );
}

export interface Revision {
  readonly datasetId: string;
  readonly number: number;
  readonly at: Date;
  readonly summary: string;
}

export async function listRevisionRows(
  db: EntityManager,
  datasetId: string,
  before: number,
  limit: number,
): Promise<Revision[]> {
  return db.query(
    `SELECT dataset_id AS "datasetId", number, at, summary FROM revision WHERE dataset_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3`,
    [datasetId, before, limit],
  );
}

export type GovernedTable = 'image' | 'exclusion' | 'acquisition' | 'annotation';

export interface GovernedChange {
  readonly datasetId: string;
  readonly change: 'OPENED' | 'CLOSED';
  readonly revision: number;
  readonly imageId: string;
  readonly rowId: string;
}

/** What differs between two revisions of one governed table: rows that hold at one of them only. */
export async function governedChanges(
  db: EntityManager,
  table: GovernedTable,
  range: { datasetId: string; from: number; to: number; after: string | null; limit: number },
): Promise<GovernedChange[]> {
  return db.query(
    `SELECT dataset_id AS "datasetId", CASE WHEN since > $2 THEN 'OPENED' ELSE 'CLOSED' END AS change,
            CASE WHEN since > $2 THEN since ELSE until END AS revision,
            replace(image_id::text, '-', '') AS "imageId", row_id::text AS "rowId"
     FROM "${table}" WHERE dataset_id = $1 AND ${DIFFERS} AND row_id > coalesce($4::bigint, 0) ORDER BY row_id LIMIT $5`,
    [range.datasetId, range.from, range.to, range.after, range.limit],
  );
}

export async function countGovernedChanges(
  db: EntityManager,
  table: GovernedTable,
  range: { datasetId: string; from: number; to: number },
): Promise<{ opened: number; closed: number }> {
  const [row] = await db.query(
    `SELECT (count(*) FILTER (WHERE since > $2))::int AS opened, (count(*) FILTER (WHERE since <= $2))::int AS closed
     FROM "${table}" WHERE dataset_id = $1 AND ${DIFFERS}`,
    [range.datasetId, range.from, range.to],
  );
  return row;
}

const DIFFERS = `((since > $2 AND since <= $3 AND until > $3) OR (since <= $2 AND until > $2 AND until <= $3))`;

/** Closes the open rows of these images at `revision`. */
export async function closeRows(
  db: EntityManager,
  table: GovernedTable,
  at: { datasetId: string; revision: number },
  imageIds: readonly string[],
): Promise<void> {
  await db.query(
    `UPDATE "${table}" SET until = $2 WHERE dataset_id = $1 AND until = ${OPEN_REVISION} AND image_id = ANY($3::uuid[])`,
    [at.datasetId, at.revision, imageIds],
  );
}
