import type { KeyObject } from 'node:crypto';
import { keyIdOf, openEnvelope, parseEnvelope } from '../../kernel/dsse.ts';
import { isDomainError } from '../../kernel/errors.ts';
import { disagreements, parseStatement } from '../../snapshots/attestation.ts';

export interface AttestedSnapshot {
  readonly digest: string;
  readonly root: string;
  readonly size: number;
}

/**
 * Holds envelopes (JSON Lines, or one as a JSON document) against a snapshot and a public key, offline. A signature is
 * proved before its payload is read. One envelope that the key proves and that says the same is enough; every one that
 * it proves must. Gives each fault as a sentence; none: the key's holder speaks for this snapshot.
 */
export function checkAttestations(text: string, key: KeyObject, snapshot: AttestedSnapshot): string[] {
  const texts = envelopesOf(text);
  if (texts.length === 0) return ['It holds no envelope.'];
  const results = texts.map((envelope) => checkEnvelope(envelope, key, snapshot));
  const faults = results.flatMap(({ proved, faults }) => (proved ? faults : []));
  return results.some(({ proved }) => proved) ? faults : results.flatMap((result) => result.faults);
}

function checkEnvelope(
  text: string,
  key: KeyObject,
  snapshot: AttestedSnapshot,
): { proved: boolean; faults: string[] } {
  let proved = false;
  try {
    const envelope = parseEnvelope(text);
    const payload = openEnvelope(envelope, key);
    if (!payload) return { proved, faults: [unproved(envelope.signatures, keyIdOf(key))] };
    proved = true;
    return { proved, faults: disagreements(parseStatement(envelope.payloadType, payload), snapshot) };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return { proved, faults: [error.message] };
  }
}

/** `keyid` proves nothing; it only tells a wrong key from an altered envelope. */
function unproved(signatures: readonly { readonly keyid?: string }[], keyId: string): string {
  const named = signatures.map(({ keyid }) => keyid);
  if (named.includes(keyId))
    return `The payload or the signature was altered: it names the key ${keyId}, which does not prove it.`;
  return `It is signed by another key (${named.map((id) => id ?? 'unnamed').join(', ')}), not by ${keyId}.`;
}

function envelopesOf(text: string): string[] {
  try {
    const whole: unknown = JSON.parse(text);
    return (Array.isArray(whole) ? whole : [whole]).map((envelope) => JSON.stringify(envelope));
  } catch {
    return text.split('\n').filter((line) => line.trim() !== '');
  }
}
