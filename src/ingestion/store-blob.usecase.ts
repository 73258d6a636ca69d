import { appendAuditEvent } from '../governance/audit.store.ts';
import { requireMaySomewhere } from '../governance/policy.ts';
import { DomainError, isDomainError } from '../kernel/errors.ts';
import type { StoredBlob } from '../platform/blob-store.ts';
import type { Context } from '../platform/context.ts';

/** Takes bytes under their digest. Idempotent; a body that does not match leaves nothing. */
export async function storeBlob(
  context: Context,
  digest: string,
  body: AsyncIterable<Uint8Array>,
): Promise<StoredBlob> {
  requireMaySomewhere(context, 'blob.write');
  if (!/^[0-9a-f]{64}$/.test(digest))
    throw new DomainError('BAD_INPUT', `"${digest}" is not a SHA-256: 64 lower-case hexadecimal digits.`);
  const entry = { action: 'blob.put', subject: `blob:${digest}` };
  await appendAuditEvent(context, entry, 'ATTEMPT');
  try {
    const stored = await context.blobs.put(body, { expected: digest, maxBytes: context.limits.maxBlobBytes });
    await appendAuditEvent(
      context,
      { ...entry, detail: { size: stored.size, created: stored.created } },
      'SUCCEEDED',
    );
    return stored;
  } catch (error) {
    await appendAuditEvent(
      context,
      { ...entry, detail: { code: isDomainError(error) ? error.code : 'INTERNAL' } },
      'FAILED',
    );
    throw error;
  }
}
