import { canonicalJson } from '../kernel/canonical-json.ts';
import { type Envelope, type Signer, sealEnvelope } from '../kernel/dsse.ts';
import { DomainError } from '../kernel/errors.ts';
import { sha256Hex } from '../kernel/sha256.ts';

export const CHECKPOINT_FORMAT = 'urn:holotype:audit-checkpoint:1';
export const CHECKPOINT_MEDIA_TYPE = 'application/vnd.holotype.audit-checkpoint+json';

/** The server's word, signed, on how the audit chain stood: what was rewritten later cannot be made to agree with it. */
export interface Checkpoint {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly format: typeof CHECKPOINT_FORMAT;
  /** Of the event `sequence`, the last one then. */
  readonly hash: string;
  /** SHA-256 of the payload of the checkpoint before; null for the first. */
  readonly previous: string | null;
  readonly sequence: number;
}

export function sealCheckpoint(checkpoint: Omit<Checkpoint, 'format'>, signer: Signer): Envelope {
  return sealEnvelope(
    CHECKPOINT_MEDIA_TYPE,
    canonicalJson({ ...checkpoint, format: CHECKPOINT_FORMAT }),
    signer,
  );
}

/** The bytes that are signed. */
export const payloadOf = ({ payload }: Envelope): Buffer => Buffer.from(payload, 'base64');

/** What the next checkpoint, and the event that tells of this one, name it by. */
export const checkpointDigest = (envelope: Envelope): string => sha256Hex(payloadOf(envelope));

/** Reads what an envelope claims, without believing it; MALFORMED_FILE where it is no checkpoint. */
export function parseCheckpoint(envelope: Envelope): Checkpoint {
  try {
    if (envelope.payloadType !== CHECKPOINT_MEDIA_TYPE) throw new Error(`it is ${envelope.payloadType}`);
    const read = JSON.parse(payloadOf(envelope).toString('utf8')) as Checkpoint;
    if (read.format !== CHECKPOINT_FORMAT) throw new Error(`its format is ${read.format}`);
    if (!Number.isSafeInteger(read.sequence) || typeof read.hash !== 'string')
      throw new Error('its sequence or hash is missing');
    return read;
  } catch (error) {
    throw new DomainError('MALFORMED_FILE', `The checkpoint cannot be read: ${(error as Error).message}.`);
  }
}
