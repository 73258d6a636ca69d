import { canonicalJson } from '../kernel/canonical-json.ts';
import { sha256Hex } from '../kernel/sha256.ts';

export const GENESIS_HASH = '0'.repeat(64);

export interface AuditEvent {
  readonly sequence: number;
  readonly at: string;
  readonly principalId: string | null;
  readonly action: string;
  readonly subject: string;
  readonly phase: AuditPhase;
  readonly requestId: string;
  /** Canonical JSON. */
  readonly detail: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** Law 8: an attempt is on the record before it is made; its outcome follows. */
export type AuditPhase = 'ATTEMPT' | 'SUCCEEDED' | 'FAILED';

/** SHA-256 over the previous hash and everything this event says, as canonical JSON. */
export function auditHash(event: Omit<AuditEvent, 'hash'>): string {
  return sha256Hex(canonicalJson({ ...event }));
}

export interface ChainProblem {
  readonly sequence: number;
  readonly message: string;
}

/** Checks a stretch of the chain that follows `before`; returns the first break, or null. */
export function findChainBreak(
  events: readonly AuditEvent[],
  before: { sequence: number; hash: string },
): ChainProblem | null {
  let previous = before;
  for (const event of events) {
    if (event.sequence <= previous.sequence)
      return {
        sequence: event.sequence,
        message: `event ${event.sequence} stands after event ${previous.sequence}: it was inserted or moved`,
      };
    if (event.sequence !== previous.sequence + 1) {
      return { sequence: previous.sequence + 1, message: `event ${previous.sequence + 1} is missing` };
    }
    const { hash, ...content } = event;
    if (event.previousHash !== previous.hash) {
      return {
        sequence: event.sequence,
        message: `event ${event.sequence} does not follow the event before it`,
      };
    }
    if (auditHash(content) !== hash) {
      return {
        sequence: event.sequence,
        message: `event ${event.sequence} was altered after it was written`,
      };
    }
    previous = event;
  }
  return null;
}
