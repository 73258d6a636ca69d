import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import { openEnvelope, parsePublicKey } from '../kernel/dsse.ts';
import type { Context } from '../platform/context.ts';
import { auditHead, listAuditEvents } from './audit.store.ts';
import { type ChainProblem, findChainBreak, GENESIS_HASH } from './audit-chain.ts';
import { parseCheckpoint } from './audit-checkpoint.ts';
import { findUntoldCheckpoint, listCheckpoints } from './audit-checkpoints.store.ts';
import { findCheckpointBreak } from './check-checkpoints.ts';
import { requireMay } from './policy.ts';

const EVENTS_A_PAGE = 2_000;

export interface ChainVerification {
  readonly intact: boolean;
  readonly eventCount: number;
  readonly headHash: string;
  readonly problem: ChainProblem | null;
}

/** Recomputes every hash from the first event on, in pages, up to the head as it stood when this began. */
export async function verifyAuditChain(context: Context): Promise<ChainVerification> {
  requireMay(context, 'audit.read', INSTANCE_SCOPE);
  const head = await auditHead(context.db);
  if (!head)
    return broken({ sequence: 0, hash: '' }, { sequence: 0, message: 'the head of the chain is gone' });
  let before = { sequence: 0, hash: GENESIS_HASH };
  while (before.sequence < head.sequence) {
    const limit = Math.min(EVENTS_A_PAGE, head.sequence - before.sequence);
    const events = await listAuditEvents(context.db, { after: before.sequence, limit });
    const problem =
      findChainBreak(events, before) ?? (events.length === 0 ? missing(before.sequence + 1) : null);
    if (problem) return broken(head, problem);
    before = events.at(-1)!;
  }
  if (before.hash !== head.hash)
    return broken(head, { sequence: head.sequence, message: 'the head does not match the last event' });
  // Events 1 to the head are all there; any other was put in beside the chain.
  if (head.eventCount !== head.sequence)
    return broken(head, {
      sequence: head.sequence + 1,
      message: `${head.eventCount - head.sequence} events stand in the log and not in the chain`,
    });
  const problem = await checkpointProblem(context);
  if (problem) return broken(head, problem);
  return { intact: true, eventCount: head.sequence, headHash: head.hash, problem: null };
}

/** What was signed must still be so. Keys that this server no longer has are for `holotype audit verify FILE --key`. */
async function checkpointProblem({ db, signer }: Context): Promise<ChainProblem | null> {
  const held = await listCheckpoints(db, { from: 1, to: Number.MAX_SAFE_INTEGER });
  const own = held.filter(({ envelope }) => envelope.signatures.some(({ keyid }) => keyid === signer.keyId));
  const key = parsePublicKey(signer.publicKey);
  const forged = own.find(({ envelope }) => openEnvelope(envelope, key) === undefined);
  if (forged) {
    const { sequence } = parseCheckpoint(forged.envelope);
    return { sequence, message: `the signature of the checkpoint at event ${sequence} is false` };
  }
  const problem = findCheckpointBreak(held, []);
  if (problem) return problem;
  const untold = await findUntoldCheckpoint(db);
  return untold === null
    ? null
    : { sequence: untold, message: `the checkpoint that event ${untold} tells of was removed` };
}

function broken(head: { sequence: number; hash: string }, problem: ChainProblem): ChainVerification {
  return { intact: false, eventCount: head.sequence, headHash: head.hash, problem };
}

function missing(sequence: number): ChainProblem {
  return { sequence, message: `event ${sequence} is missing` };
}
