import { createHash } from 'node:crypto';
import { DomainError } from '../kernel/errors.ts';

/** `digest` (SHA-256, hexadecimal) and `size` are told once `bytes` has ended; `fault` is what it threw. */
export interface GaugedBytes {
  readonly bytes: AsyncGenerator<Uint8Array>;
  readonly digest: string;
  readonly size: number;
  readonly fault: unknown;
}

/**
 * Passes bytes on while hashing and counting them. Throws in place of their end where they are not `expected`
 * (DIGEST_MISMATCH), and as soon as they are more than `maxBytes` (BLOB_TOO_LARGE).
 */
export function gaugedBytes(
  source: AsyncIterable<Uint8Array>,
  { expected, maxBytes = Number.POSITIVE_INFINITY }: { expected?: string; maxBytes?: number },
): GaugedBytes {
  const gauged = { bytes: pass(), digest: '', size: 0, fault: undefined as unknown };
  async function* pass(): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256');
    try {
      for await (const chunk of source) {
        gauged.size += chunk.byteLength;
        if (gauged.size > maxBytes)
          throw new DomainError(
            'BLOB_TOO_LARGE',
            `The body is larger than ${maxBytes} bytes, the most this server takes.`,
          );
        hash.update(chunk);
        yield chunk;
      }
      gauged.digest = hash.digest('hex');
      if (expected !== undefined && expected !== gauged.digest)
        throw new DomainError(
          'DIGEST_MISMATCH',
          `The body's SHA-256 is ${gauged.digest}, not ${expected} as its address says; nothing was kept.`,
        );
    } catch (error) {
      gauged.fault = error;
      throw error;
    }
  }
  return gauged;
}
