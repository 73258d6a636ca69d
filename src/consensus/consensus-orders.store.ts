import type { EntityManager } from 'typeorm';
import { canonicalJson } from '../kernel/canonical-json.ts';
import type { ConsensusOrderRow } from './consensus.tables.ts';
import type { ConsensusOrder, ConsensusOrderState } from './consensus.ts';
import { type ConsensusRequest, consensusId } from './consensus-request.ts';

export async function insertConsensusOrder(
  db: EntityManager,
  request: ConsensusRequest,
  by: { principalId: string; now: Date },
): Promise<ConsensusOrder> {
  const [row]: ConsensusOrderRow[] = await db.query(
    `INSERT INTO consensus_order (dataset_id, consensus, request, state, done, total, requested_by, requested_at)
     VALUES ($1, $2, $3, 'WAITING', 0, 0, $4, $5) RETURNING *`,
    [request.datasetId, consensusId(request), canonicalJson(request), by.principalId, by.now],
  );
  return toOrder(row!);
}

export async function findConsensusOrder(db: EntityManager, id: string): Promise<ConsensusOrder | null> {
  const [row]: ConsensusOrderRow[] = await db.query('SELECT * FROM consensus_order WHERE id::text = $1', [
    id,
  ]);
  return row ? toOrder(row) : null;
}

/** Leaves an order that has ended as it is, and says what state it is in then. */
export async function updateConsensusOrder(
  db: EntityManager,
  id: string,
  change: { state: ConsensusOrderState; done?: number; total?: number; fault?: string; finishedAt?: Date },
): Promise<ConsensusOrderState> {
  await db.query(
    `UPDATE consensus_order SET state = $2, done = coalesce($3, done), total = coalesce($4, total), fault = $5, finished_at = $6
     WHERE id = $1 AND state IN ('WAITING', 'RUNNING')`,
    [
      id,
      change.state,
      change.done ?? null,
      change.total ?? null,
      change.fault ?? null,
      change.finishedAt ?? null,
    ],
  );
  const [row] = await db.query('SELECT state FROM consensus_order WHERE id = $1', [id]);
  return row.state;
}

function toOrder(row: ConsensusOrderRow): ConsensusOrder {
  return {
    id: row.id,
    datasetId: row.dataset_id,
    consensus: row.consensus,
    request: JSON.parse(row.request),
    state: row.state as ConsensusOrderState,
    done: row.done,
    total: row.total,
    fault: row.fault,
    requestedAt: row.requested_at,
    finishedAt: row.finished_at,
  };
}
