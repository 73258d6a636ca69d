import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import type { Context } from '../platform/context.ts';
import { auditHead, listAuditEvents } from './audit.store.ts';
import { type ChainProblem, findChainBreak, GENESIS_HASH } from './audit-chain.ts';
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
  let before = { sequence: 0, hash: GENESIS_HASH };
  while (before.sequence < head.sequence) {
    const limit = Math.min(EVENTS_A_PAGE, head.sequence - before.sequence);
    const events = await listAuditEvents(context.db, { after: before.sequence, limit });
    const problem =
      findChainBreak(events, before) ?? (events.length === 0 ? missing(before.sequence + 1) : null);
    if (problem) return { intact: false, eventCount: head.sequence, headHash: head.hash, problem };
    before = events.at(-1)!;
  }
  const problem =
    before.hash === head.hash
      ? null
      : { sequence: head.sequence, message: 'the head does not match the last event' };
  return { intact: problem === null, eventCount: head.sequence, headHash: head.hash, problem };
}

function missing(sequence: number): ChainProblem {
  return { sequence, message: `event ${sequence} is missing` };
}
