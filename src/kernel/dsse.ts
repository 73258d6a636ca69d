import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { DomainError } from './errors.ts';

/** Dead Simple Signing Envelope 1.0 (https://github.com/secure-systems-lab/dsse). Binary members are base64. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: readonly { readonly keyid?: string; readonly sig: string }[];
}

/** Whoever signs: `sign` gives the Ed25519 signature of the bytes, 64 bytes. */
export interface Signer {
  readonly keyId: string;
  /** PEM, SubjectPublicKeyInfo. */
  readonly publicKey: string;
  sign(bytes: Uint8Array): Buffer;
}

/** What is signed: the type and the body, each with its length, so that neither can pass for the other. */
export function preAuthenticationEncoding(payloadType: string, body: Uint8Array): Buffer {
  const type = Buffer.from(payloadType, 'utf8');
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${body.length} `), body]);
}

export function sealEnvelope(payloadType: string, text: string, signer: Signer): Envelope {
  const body = Buffer.from(text, 'utf8');
  const sig = signer.sign(preAuthenticationEncoding(payloadType, body)).toString('base64');
  return { payloadType, payload: body.toString('base64'), signatures: [{ keyid: signer.keyId, sig }] };
}

/** SHA-256 of the key's SubjectPublicKeyInfo in DER, hexadecimal. */
export function keyIdOf(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Reads a public Ed25519 key in PEM; BAD_INPUT for a private key, another kind of key, or none. */
export function parsePublicKey(pem: string | Buffer): KeyObject {
  try {
    if (pem.toString().includes('PRIVATE KEY')) throw new Error('it is a private key');
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`it is of kind ${key.asymmetricKeyType}`);
    return key;
  } catch (error) {
    throw new DomainError(
      'BAD_INPUT',
      `The key is no public Ed25519 key in PEM: ${(error as Error).message}. \`holotype keys\` prints the server's.`,
    );
  }
}

/** Reads an envelope's form and believes nothing of it; MALFORMED_FILE where it has another. */
export function parseEnvelope(text: string): Envelope {
  try {
    const { payloadType, payload, signatures } = JSON.parse(text) as Envelope;
    if (typeof payloadType !== 'string') throw new Error('payloadType is missing');
    bytesOf(payload);
    if (!Array.isArray(signatures) || signatures.length === 0) throw new Error('it has no signatures');
    for (const { sig } of signatures) bytesOf(sig);
    return { payloadType, payload, signatures };
  } catch (error) {
    throw new DomainError('MALFORMED_FILE', `The envelope cannot be read: ${(error as Error).message}.`);
  }
}

/**
 * The payload, once the key has proved it; undefined where no signature is this key's. `keyid` is no proof and is
 * not believed: every signature is tried.
 */
export function openEnvelope(envelope: Envelope, key: KeyObject): Buffer | undefined {
  const body = bytesOf(envelope.payload);
  const signed = preAuthenticationEncoding(envelope.payloadType, body);
  return envelope.signatures.some(({ sig }) => verify(null, signed, key, bytesOf(sig))) ? body : undefined;
}

/** Both alphabets of RFC 4648, as the envelope's specification asks of readers. */
function bytesOf(base64: unknown): Buffer {
  if (typeof base64 !== 'string' || !/^(?:[A-Za-z0-9+/]*|[A-Za-z0-9_-]*)={0,2}$/.test(base64))
    throw new DomainError('MALFORMED_FILE', 'a member is not base64');
  return Buffer.from(base64, 'base64');
}
