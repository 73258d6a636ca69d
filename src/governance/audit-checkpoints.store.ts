import type { EntityManager } from 'typeorm';
import { type Envelope, parseEnvelope } from '../kernel/dsse.ts';
import type { HeldCheckpoint } from './check-checkpoints.ts';

/** In order, each with the hash of its event now. */
export async function listCheckpoints(
  db: EntityManager,
  range: { readonly from: number; readonly to: number },
): Promise<HeldCheckpoint[]> {
  const rows: { envelope: string; hash: string | null }[] = await db.query(
    `SELECT c.envelope, e.hash FROM audit_checkpoint c LEFT JOIN audit_event e ON e.sequence = c.sequence
     WHERE c.sequence BETWEEN $1 AND $2 ORDER BY c.sequence`,
    [range.from, range.to],
  );
  return rows.map(({ envelope, hash }) => ({ envelope: parseEnvelope(envelope), eventHash: hash }));
}

/** The last one; of those up to an event where one is given. */
export async function lastCheckpoint(
  db: EntityManager,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<{ sequence: number; envelope: Envelope } | null> {
  const [row] = await db.query(
    'SELECT sequence, envelope FROM audit_checkpoint WHERE sequence <= $1 ORDER BY sequence DESC LIMIT 1',
    [upTo],
  );
  return row ? { sequence: Number(row.sequence), envelope: parseEnvelope(row.envelope) } : null;
}

export async function insertCheckpoint(
  db: EntityManager,
  checkpoint: { sequence: number; keyId: string; envelope: Envelope },
): Promise<void> {
  await db.query('INSERT INTO audit_checkpoint (sequence, key_id, envelope) VALUES ($1, $2, $3)', [
    checkpoint.sequence,
    checkpoint.keyId,
    JSON.stringify(checkpoint.envelope),
  ]);
}

/** Checkpoints that the log tells of and that are not kept: the sequence of the first event that says so; null: all are there. */
export async function findUntoldCheckpoint(db: EntityManager): Promise<number | null> {
  const [row] = await db.query(
    `SELECT e.sequence FROM audit_event e
     WHERE e.action = 'audit.checkpoint' AND NOT EXISTS (
       SELECT 1 FROM audit_checkpoint c WHERE c.sequence = (e.detail::jsonb->>'sequence')::bigint)
     ORDER BY e.sequence LIMIT 1`,
  );
  return row ? Number(row.sequence) : null;
}
