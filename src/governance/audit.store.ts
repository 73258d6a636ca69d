import type { EntityManager } from 'typeorm';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { isDomainError } from '../kernel/errors.ts';
import { type Context, inTransaction } from '../platform/context.ts';
import { type AuditEvent, type AuditPhase, auditHash } from './audit-chain.ts';
import type { AuditEventRow } from './governance.tables.ts';

interface Entry {
  readonly action: string;
  readonly subject: string;
  readonly detail?: object;
}

/**
 * Law 8 around a write: the attempt is committed first, then the work and its success together; a failure is
 * recorded with its code. An attempt without an outcome is a server that died in between.
 */
export async function recorded<T>(
  context: Context,
  entry: Entry,
  work: (context: Context) => Promise<T>,
  outcome: (result: T) => object = () => ({}),
): Promise<T> {
  await appendAuditEvent(context, entry, 'ATTEMPT');
  try {
    return await inTransaction(context, async (inner) => {
      const result = await work(inner);
      await appendAuditEvent(inner, { ...entry, detail: outcome(result) }, 'SUCCEEDED');
      return result;
    });
  } catch (error) {
    await appendAuditEvent(
      context,
      { ...entry, detail: { code: isDomainError(error) ? error.code : 'INTERNAL' } },
      'FAILED',
    );
    throw error;
  }
}

export async function appendAuditEvent(context: Context, entry: Entry, phase: AuditPhase): Promise<void> {
  await inTransaction(context, async ({ db }) => {
    const [head] = await db.query('SELECT sequence, hash FROM audit_head WHERE id = 1 FOR UPDATE');
    const content = {
      sequence: Number(head.sequence) + 1,
      at: context.now().toISOString(),
      principalId: context.actor?.principalId ?? null,
      action: entry.action,
      subject: entry.subject,
      phase,
      requestId: context.requestId,
      detail: canonicalJson(entry.detail ?? {}),
      previousHash: head.hash as string,
    };
    const hash = auditHash(content);
    await db.query(
      `WITH appended AS (INSERT INTO audit_event (sequence, at, principal_id, action, subject, phase, request_id, detail, previous_hash, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))
       UPDATE audit_head SET sequence = $1, hash = $10 WHERE id = 1`,
      [
        content.sequence,
        content.at,
        content.principalId,
        content.action,
        content.subject,
        phase,
        content.requestId,
        content.detail,
        content.previousHash,
        hash,
      ],
    );
  });
}

function toAuditEvent(row: AuditEventRow): AuditEvent {
  return {
    sequence: Number(row.sequence),
    at: row.at,
    principalId: row.principal_id,
    action: row.action,
    subject: row.subject,
    phase: row.phase as AuditPhase,
    requestId: row.request_id,
    detail: row.detail,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

export async function listAuditEvents(
  db: EntityManager,
  filter: { after: number; limit: number; subject?: string | null },
): Promise<AuditEvent[]> {
  const rows: AuditEventRow[] = await db.query(
    `SELECT * FROM audit_event WHERE sequence > $1 AND ($3::text IS NULL OR subject = $3) ORDER BY sequence LIMIT $2`,
    [filter.after, filter.limit, filter.subject ?? null],
  );
  return rows.map(toAuditEvent);
}

export async function auditHead(db: EntityManager): Promise<{ sequence: number; hash: string }> {
  const [head] = await db.query('SELECT sequence, hash FROM audit_head WHERE id = 1');
  return { sequence: Number(head.sequence), hash: head.hash };
}
