import { createHash } from 'node:crypto';
import { DomainError } from './errors.ts';

const SEPARATOR = Buffer.of(0x00);

/**
 * The id of an image as an occurrence: a name in its dataset and the digest of its bytes, with no clock, counter
 * or order of import in it. hex(SHA-256("holotype-image-id/1" ‖ 0x00 ‖ name ‖ 0x00 ‖ digest))[0:32].
 *
 * `digest`: 64 lower-case hexadecimal characters; null for an image by reference with no declared digest, hashed
 * as the empty string. Datasets of personal data draw opaque random ids instead, so that nothing can be confirmed.
 */
export function imageId(name: string, digest: string | null): string {
  if (digest !== null && !/^[0-9a-f]{64}$/.test(digest)) {
    throw new DomainError(
      'INVALID_VALUE',
      `Digest of ${name}: must be 64 lower-case hexadecimal characters.`,
    );
  }
  if (/\p{Surrogate}|\0/u.test(name)) {
    throw new DomainError(
      'INVALID_VALUE',
      `Image name ${JSON.stringify(name)}: has no NUL and no lone surrogate.`,
    );
  }
  return createHash('sha256')
    .update('holotype-image-id/1')
    .update(SEPARATOR)
    .update(name)
    .update(SEPARATOR)
    .update(digest ?? '')
    .digest('hex')
    .slice(0, 32);
}
