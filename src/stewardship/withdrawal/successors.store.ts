import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { OPEN_REVISION } from '../../kernel/revision.ts';
import { insertRows } from '../../platform/database.ts';
import type { OrderChange } from '../../platform/ordered-work.ts';
import type { Candidate, Successor } from './successor.ts';
import type { WithdrawalReason } from './withdrawal.ts';

/** The snapshots of a dataset that nobody deprecated, the oldest first. */
export async function listCandidates(db: EntityManager, datasetId: string): Promise<Candidate[]> {
  return db.query(
    `SELECT s.digest, s.header::json->>'parent' AS parent, ARRAY(SELECT n FROM json_object_keys(s.header::json->'splits') n ORDER BY n COLLATE "C") AS splits
     FROM snapshot s WHERE s.dataset_id = $1 AND NOT EXISTS (SELECT 1 FROM snapshot_deprecation d WHERE d.snapshot = s.digest)
     ORDER BY s.published_at, s.digest COLLATE "C"`,
    [datasetId],
  );
}

/** The degraded snapshots that these proposals were to succeed. */
export async function parentsOfProposals(db: EntityManager, proposals: readonly string[]): Promise<string[]> {
  const rows: { parent: string }[] = await db.query(
    'SELECT DISTINCT parent FROM withdrawal_successor WHERE proposal = ANY($1::uuid[])',
    [proposals],
  );
  return rows.map(({ parent }) => parent);
}

export async function insertSuccessors(
  db: EntityManager,
  withdrawalId: string,
  parents: readonly string[],
): Promise<void> {
  const rows = parents.map((parent) => ({
    id: randomUUID(),
    withdrawal_id: withdrawalId,
    parent,
    state: 'WAITING',
  }));
  const types = { id: 'uuid', withdrawal_id: 'uuid', parent: 'text', state: 'text' };
  await insertRows(db, 'withdrawal_successor', types, rows);
}

const SELECT = `SELECT id, withdrawal_id AS "withdrawalId", parent, state, proposal AS "proposalId", fault_code AS "faultCode", fault
  FROM withdrawal_successor`;

/** Those of several withdrawals, by what they succeed. */
export async function listSuccessors(
  db: EntityManager,
  withdrawals: readonly string[],
): Promise<Successor[]> {
  return db.query(`${SELECT} WHERE withdrawal_id = ANY($1::uuid[]) ORDER BY parent COLLATE "C"`, [
    withdrawals,
  ]);
}

/** A successor to be proposed: for whom, of what, and why. */
export interface SuccessorOrder {
  readonly id: string;
  readonly parent: string;
  readonly datasetId: string;
  readonly principalId: string;
  readonly withdrawal: { readonly id: string; readonly number: number; readonly reason: WithdrawalReason };
}

export async function findSuccessorOrder(db: EntityManager, id: string): Promise<SuccessorOrder | null> {
  const [row] = await db.query(
    `SELECT s.id, s.parent, w.dataset_id AS "datasetId", w.principal_id AS "principalId",
            json_build_object('id', w.id, 'number', w.number, 'reason', w.reason) AS withdrawal
     FROM withdrawal_successor s JOIN withdrawal w ON w.id = s.withdrawal_id WHERE s.id::text = $1`,
    [id],
  );
  return row ?? null;
}

/** Says how far it is; what has ended stays as it is. Gives the state it is in then. */
export async function updateSuccessor(db: EntityManager, id: string, change: OrderChange): Promise<string> {
  await db.query(
    `UPDATE withdrawal_successor SET state = $2, fault_code = $3, fault = $4 WHERE id = $1 AND state IN ('WAITING', 'RUNNING')`,
    [id, change.state, change.faultCode ?? null, change.fault ?? null],
  );
  const [row] = await db.query('SELECT state FROM withdrawal_successor WHERE id = $1', [id]);
  return row.state;
}

export async function nameProposal(db: EntityManager, id: string, proposal: string): Promise<void> {
  await db.query('UPDATE withdrawal_successor SET proposal = $2 WHERE id = $1', [id, proposal]);
}

/** How many images are kept now. */
export async function countKept(db: EntityManager, datasetId: string): Promise<number> {
  const [{ n }] = await db.query(
    `SELECT count(*)::int AS n FROM image i WHERE i.dataset_id = $1 AND i.until = ${OPEN_REVISION}
       AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND e.until = ${OPEN_REVISION})`,
    [datasetId],
  );
  return n;
}
