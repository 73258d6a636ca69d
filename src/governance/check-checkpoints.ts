import type { KeyObject } from 'node:crypto';
import { type Envelope, openEnvelope } from '../kernel/dsse.ts';
import type { ChainProblem } from './audit-chain.ts';
import { checkpointDigest, parseCheckpoint } from './audit-checkpoint.ts';

/** A checkpoint and the hash of its event as the log has it now; null where that event is gone. */
export interface HeldCheckpoint {
  readonly envelope: Envelope;
  readonly eventHash: string | null;
}

/**
 * The first checkpoint, in their order, with which the chain does not agree. A chain that is whole by its own hashes and was
 * rewritten from some event on is found here: between the checkpoint before, which still agrees, and the one that does not.
 * `keys`: those by which the server signed; none: signatures are not looked at.
 */
export function findCheckpointBreak(
  held: readonly HeldCheckpoint[],
  keys: readonly KeyObject[],
  before: { readonly sequence: number; readonly digest: string | null } = { sequence: 0, digest: null },
): ChainProblem | null {
  let last = before;
  for (const { envelope, eventHash } of held) {
    const { sequence, hash, previous } = parseCheckpoint(envelope);
    const fault = (at: number, message: string): ChainProblem => ({ sequence: at, message });
    if (keys.length > 0 && !keys.some((key) => openEnvelope(envelope, key) !== undefined))
      return fault(sequence, `the checkpoint at event ${sequence} is signed by none of the keys given`);
    if (previous !== last.digest || sequence <= last.sequence)
      return fault(
        last.sequence + 1,
        `the checkpoint at event ${sequence} does not follow the one at event ${last.sequence}: one was removed`,
      );
    if (eventHash === null)
      return fault(
        last.sequence + 1,
        `event ${sequence} was signed by a checkpoint and is gone: the log was cut off`,
      );
    if (eventHash !== hash)
      return fault(
        last.sequence + 1,
        `the chain was rewritten somewhere in events ${last.sequence + 1} to ${sequence}, after the checkpoint at event ${sequence} was signed`,
      );
    last = { sequence, digest: checkpointDigest(envelope) };
  }
  return null;
}
