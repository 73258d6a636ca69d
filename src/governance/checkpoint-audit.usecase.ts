import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import { type Context, inTransaction } from '../platform/context.ts';
import { appendAuditEvent, auditHead, lockAuditHead } from './audit.store.ts';
import { checkpointDigest, sealCheckpoint } from './audit-checkpoint.ts';
import { insertCheckpoint, lastCheckpoint } from './audit-checkpoints.store.ts';
import { requireMay } from './policy.ts';

/**
 * Signs how the chain stands, where anything happened since the last checkpoint; the log itself tells of it. The server calls
 * it at intervals and when it stops. Gives the sequence it is of; null where there was nothing new.
 */
export async function checkpointAudit(context: Context): Promise<number | null> {
  return inTransaction(context, async (inner) => {
    const { db, signer, now } = inner;
    await lockAuditHead(db);
    const head = await auditHead(db);
    const last = await lastCheckpoint(db);
    // The one event after a checkpoint that tells of it is nothing new.
    if (!head || head.sequence <= (last === null ? 0 : last.sequence + 1)) return null;
    const previous = last && checkpointDigest(last.envelope);
    const { sequence, hash } = head;
    const envelope = sealCheckpoint({ at: now().toISOString(), hash, previous, sequence }, signer);
    await insertCheckpoint(db, { sequence, keyId: signer.keyId, envelope });
    await appendAuditEvent(
      inner,
      {
        action: 'audit.checkpoint',
        subject: INSTANCE_SCOPE,
        detail: { digest: checkpointDigest(envelope), sequence },
      },
      'SUCCEEDED',
    );
    return sequence;
  });
}

/** The same, asked for. */
export async function orderCheckpoint(context: Context): Promise<number | null> {
  requireMay(context, 'audit.read', INSTANCE_SCOPE);
  return checkpointAudit(context);
}
