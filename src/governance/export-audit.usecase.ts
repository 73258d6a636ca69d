import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { auditHead, listAuditEvents } from './audit.store.ts';
import { GENESIS_HASH } from './audit-chain.ts';
import { checkpointDigest } from './audit-checkpoint.ts';
import { lastCheckpoint, listCheckpoints } from './audit-checkpoints.store.ts';
import { checkpointLine, eventLine, headerLine } from './audit-file.ts';
import { requireMay } from './policy.ts';

const EVENTS_A_PAGE = 2_000;

/** The log, or a stretch of it, as lines that can be checked without this server; a page in memory at a time. */
export async function exportAudit(
  context: Context,
  range: { readonly from: number | null; readonly to: number | null },
): Promise<AsyncGenerator<Buffer>> {
  requireMay(context, 'audit.read', INSTANCE_SCOPE);
  const head = await auditHead(context.db);
  if (!head) throw new Error('the head of the audit chain is gone');
  const from = range.from ?? 1;
  const to = range.to ?? head.sequence;
  if (from < 1 || to > head.sequence || from > to)
    throw new DomainError(
      'BAD_INPUT',
      `from, to: ${from} to ${to} is no stretch of the log, which has events 1 to ${head.sequence}.`,
    );
  return lines(context, from, to);
}

async function* lines({ db }: Context, from: number, to: number): AsyncGenerator<Buffer> {
  const [before] = from === 1 ? [] : await listAuditEvents(db, { after: from - 2, limit: 1 });
  const checkpoint = await lastCheckpoint(db, from - 1);
  yield bufferOf([
    headerLine({
      from,
      to,
      previousHash: before?.hash ?? GENESIS_HASH,
      previousCheckpoint: checkpoint && {
        digest: checkpointDigest(checkpoint.envelope),
        sequence: checkpoint.sequence,
      },
    }),
  ]);
  for (let after = from - 1; after < to; after += EVENTS_A_PAGE) {
    const events = await listAuditEvents(db, { after, limit: Math.min(EVENTS_A_PAGE, to - after) });
    yield bufferOf(events.map(eventLine));
  }
  yield bufferOf((await listCheckpoints(db, { from, to })).map(checkpointLine));
}

const bufferOf = (texts: readonly string[]) => Buffer.from(texts.map((text) => `${text}\n`).join(''));
