import type { EntityManager } from 'typeorm';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { type ErrorCode, isDomainError } from '../kernel/errors.ts';
import { type Context, inTransaction, perRequest } from '../platform/context.ts';
import { insertRows } from '../platform/database.ts';
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
  perRequest(context, attempts).count += 1;
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

const attempts = () => ({ count: 0 });

/** How many attempts this request has put on the record so far. */
export function attemptsOf(context: Context): number {
  return perRequest(context, attempts).count;
}

/** What was refused before anything was tried is on the record too. */
export async function recordRefusal(context: Context, entry: Entry, code: ErrorCode): Promise<void> {
  await appendAuditEvent(context, entry, 'ATTEMPT');
  await appendAuditEvent(context, { ...entry, detail: { code } }, 'FAILED');
}

/**
 * Appends to the chain: inside a transaction as part of it, outside together with all that came while the last append
 * was being committed, so that a hundred writers wait for a few commits and not for a hundred.
 */
export async function appendAuditEvent(context: Context, entry: Entry, phase: AuditPhase): Promise<void> {
  const draft: Draft = {
    at: context.now,
    principalId: context.actor?.principalId ?? null,
    action: entry.action,
    subject: entry.subject,
    phase,
    requestId: context.requestId,
    detail: canonicalJson(entry.detail ?? {}),
  };
  if (context.db.queryRunner?.isTransactionActive) return appendInOrder(context.db, [draft]);
  return new Promise((resolve, reject) => {
    const held = waiting.get(context.db);
    const queue = held ?? [];
    queue.push({ draft, resolve, reject });
    if (held) return;
    waiting.set(context.db, queue);
    void appendWaiting(context.db, queue);
  });
}

interface Draft extends Omit<AuditEvent, 'sequence' | 'at' | 'previousHash' | 'hash'> {
  readonly at: () => Date;
}

interface WaitingDraft {
  readonly draft: Draft;
  resolve(): void;
  reject(error: unknown): void;
}

const waiting = new WeakMap<EntityManager, WaitingDraft[]>();
const MOST_TOGETHER = 100;

async function appendWaiting(db: EntityManager, queue: WaitingDraft[]): Promise<void> {
  while (queue.length > 0) {
    const batch = queue.splice(0, MOST_TOGETHER);
    const append = (drafts: readonly WaitingDraft[]) =>
      db.transaction((inner) =>
        appendInOrder(
          inner,
          drafts.map(({ draft }) => draft),
        ),
      );
    // Where the whole batch fails each is tried alone: no writer fails for another's fault.
    const together = await append(batch).then(
      () => true,
      () => false,
    );
    for (const draft of batch) {
      if (together) draft.resolve();
      else await append([draft]).then(draft.resolve, draft.reject);
    }
  }
  waiting.delete(db);
}

/** Chains the drafts behind the head, whose lock holds other writers off until the transaction ends. */
async function appendInOrder(db: EntityManager, drafts: readonly Draft[]): Promise<void> {
  let [head] = await db.query('SELECT sequence, hash FROM audit_head WHERE id = 1 FOR UPDATE');
  const rows = drafts.map(({ at, ...draft }) => {
    const content = {
      ...draft,
      sequence: Number(head.sequence) + 1,
      at: at().toISOString(),
      previousHash: head.hash as string,
    };
    head = { ...content, hash: auditHash(content) };
    return toRow(head);
  });
  await insertRows(db, 'audit_event', COLUMNS, rows);
  await db.query('UPDATE audit_head SET sequence = $1, hash = $2 WHERE id = 1', [head.sequence, head.hash]);
}

const COLUMNS = {
  sequence: 'bigint',
  at: 'text',
  principal_id: 'text',
  action: 'text',
  subject: 'text',
  phase: 'text',
  request_id: 'text',
  detail: 'text',
  previous_hash: 'text',
  hash: 'text',
};

function toRow(event: AuditEvent): Record<keyof typeof COLUMNS, unknown> {
  return {
    sequence: event.sequence,
    at: event.at,
    principal_id: event.principalId,
    action: event.action,
    subject: event.subject,
    phase: event.phase,
    request_id: event.requestId,
    detail: event.detail,
    previous_hash: event.previousHash,
    hash: event.hash,
  };
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

/** What is wanted of the log; an absent member is no condition. */
export interface AuditFilter {
  readonly subject?: string | null;
  /** The action, or how it begins: `snapshot.` is every one of snapshots. */
  readonly action?: string | null;
  /** Name of the principal. */
  readonly principal?: string | null;
  readonly phase?: AuditPhase | null;
  /** Of a failure. */
  readonly code?: string | null;
  readonly requestId?: string | null;
  /** From this moment on, and before that one. */
  readonly since?: Date | null;
  readonly until?: Date | null;
}

/** An event with the name of its principal, which is no part of what is hashed. */
export interface ToldAuditEvent extends AuditEvent {
  readonly principal: string | null;
}

const CONDITIONS: Readonly<Record<keyof AuditFilter, (parameter: string) => string>> = {
  subject: (value) => `e.subject = ${value}`,
  action: (value) => `starts_with(e.action, ${value})`,
  principal: (value) => `e.principal_id = (SELECT id::text FROM principal WHERE name = ${value})`,
  phase: (value) => `e.phase = ${value}`,
  code: (value) => `e.detail::jsonb->>'code' = ${value}`,
  requestId: (value) => `e.request_id = ${value}`,
  since: (value) => `e.at >= ${value}`,
  until: (value) => `e.at < ${value}`,
};

/** A page in the order of the chain, or against it: what follows `after` in that order. */
export async function filterAuditEvents(
  db: EntityManager,
  filter: AuditFilter,
  page: { readonly after: number | null; readonly limit: number; readonly newestFirst: boolean },
): Promise<ToldAuditEvent[]> {
  const parameters: unknown[] = [page.limit];
  const conditions: string[] = [];
  const add = (value: unknown, condition: (parameter: string) => string) => {
    parameters.push(value instanceof Date ? value.toISOString() : value);
    conditions.push(condition(`$${parameters.length}`));
  };
  for (const [name, condition] of Object.entries(CONDITIONS)) {
    const value = filter[name as keyof AuditFilter];
    if (value !== undefined && value !== null) add(value, condition);
  }
  if (page.after !== null) add(page.after, (value) => `e.sequence ${page.newestFirst ? '<' : '>'} ${value}`);
  const rows: (AuditEventRow & { principal: string | null })[] = await db.query(
    `SELECT e.*, p.name AS principal FROM audit_event e LEFT JOIN principal p ON p.id::text = e.principal_id
     ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
     ORDER BY e.sequence ${page.newestFirst ? 'DESC' : 'ASC'} LIMIT $1`,
    parameters,
  );
  return rows.map((row) => ({ ...toAuditEvent(row), principal: row.principal }));
}

/** How each of these attempts ended, where it has: by the attempt's sequence. */
export async function findOutcomes(
  db: EntityManager,
  attempts: readonly number[],
): Promise<Map<number, ToldAuditEvent>> {
  const rows: (AuditEventRow & { attempt: string; principal: string | null })[] = await db.query(
    `SELECT DISTINCT ON (t.sequence) t.sequence AS attempt, o.*, p.name AS principal
     FROM audit_event t
     JOIN audit_event o ON o.request_id = t.request_id AND o.action = t.action AND o.subject = t.subject
                       AND o.phase <> 'ATTEMPT' AND o.sequence > t.sequence
     LEFT JOIN principal p ON p.id::text = o.principal_id
     WHERE t.sequence = ANY($1::bigint[]) AND t.phase = 'ATTEMPT' ORDER BY t.sequence, o.sequence`,
    [attempts],
  );
  return new Map(
    rows.map((row) => [Number(row.attempt), { ...toAuditEvent(row), principal: row.principal }]),
  );
}

/** Events in the order of the chain, as they were hashed. */
export async function listAuditEvents(
  db: EntityManager,
  range: { readonly after: number; readonly limit: number },
): Promise<AuditEvent[]> {
  const rows: AuditEventRow[] = await db.query(
    'SELECT * FROM audit_event WHERE sequence > $1 ORDER BY sequence LIMIT $2',
    [range.after, range.limit],
  );
  return rows.map(toAuditEvent);
}

/** Holds writers of the log off until the transaction ends. */
export async function lockAuditHead(db: EntityManager): Promise<void> {
  await db.query('SELECT 1 FROM audit_head WHERE id = 1 FOR UPDATE');
}

/** The head of the chain and how many events stand in the log, at one moment; null where the head is gone. */
export async function auditHead(
  db: EntityManager,
): Promise<{ sequence: number; hash: string; eventCount: number } | null> {
  const [head] = await db.query(
    'SELECT sequence, hash, (SELECT count(*) FROM audit_event) AS "eventCount" FROM audit_head WHERE id = 1',
  );
  return head
    ? { sequence: Number(head.sequence), hash: head.hash, eventCount: Number(head.eventCount) }
    : null;
}
