import type { EntityManager } from 'typeorm';
import { type JobKind, OPEN_STATES, type OrderRow } from './job.ts';

/** SQL of the orders of dataset $1, of each kind from its own table. */
const ORDERS: Readonly<Record<JobKind, string>> = {
  REPORT: `SELECT 'REPORT' AS kind, id::text AS id, state, done, total, fault, requested_at AS ordered_at, finished_at, request, report AS made,
      NULL::text AS snapshot, NULL::text AS format FROM bias_report_request WHERE dataset_id = $1`,
  CONSENSUS: `SELECT 'CONSENSUS', id::text, state, done, total, fault, requested_at, finished_at, request, consensus, NULL, NULL
    FROM consensus_order WHERE dataset_id = $1`,
  RENDERING: `SELECT 'RENDERING', r.id, r.state, r.done, r.total, r.fault, r.ordered_at, r.made_at, NULL, NULL, r.snapshot, r.format
    FROM rendering r JOIN snapshot s ON s.digest = r.snapshot WHERE s.dataset_id = $1`,
  SUCCESSOR: `SELECT 'SUCCESSOR', u.id::text, u.state, NULL, NULL, u.fault, w.at, NULL, NULL, u.proposal::text, u.parent, NULL
    FROM withdrawal_successor u JOIN withdrawal w ON w.id = u.withdrawal_id WHERE w.dataset_id = $1`,
};

/** Where a page begins: after the job of this moment and id. */
export interface JobPlace {
  readonly moment: string;
  readonly id: string;
}

/** The latest first. */
export async function listOrders(
  db: EntityManager,
  datasetId: string,
  {
    kinds,
    open,
    after,
    limit,
  }: { kinds: readonly JobKind[]; open: boolean | null; after: JobPlace | null; limit: number },
): Promise<OrderRow[]> {
  return db.query(
    `SELECT kind, id, state, done, total, fault, ordered_at AS "orderedAt", finished_at AS "finishedAt", request, made, snapshot, format,
       to_char(ordered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS moment
     FROM (${Object.values(ORDERS).join(' UNION ALL ')}) o
     WHERE kind = ANY($2::text[]) AND ($3::boolean IS NULL OR (state = ANY($4::text[])) = $3)
       AND ($5::timestamptz IS NULL OR (ordered_at, id COLLATE "C") < ($5::timestamptz, $6::text))
     ORDER BY ordered_at DESC, id COLLATE "C" DESC LIMIT $7`,
    [datasetId, kinds, open, OPEN_STATES, after?.moment ?? null, after?.id ?? null, limit],
  );
}
