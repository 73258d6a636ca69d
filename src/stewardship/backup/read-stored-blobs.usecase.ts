import { recorded } from '../../governance/audit.store.ts';
import { requireMay } from '../../governance/policy.ts';
import { INSTANCE_SCOPE } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Context } from '../../platform/context.ts';
import type { ImmutableContent } from '../../platform/http-route.ts';

const LINES_A_CHUNK = 1_000;

/** Digest and size of every blob that is kept, a JSON line each; on the record, for who lists them can fetch them all. */
export async function listStoredBlobs(context: Context): Promise<AsyncGenerator<Buffer>> {
  requireMay(context, 'access.administer', INSTANCE_SCOPE);
  await recorded(context, { action: 'instance.backup-blobs', subject: 'instance' }, async () => undefined);
  return lines(context);
}

async function* lines({ blobs }: Context): AsyncGenerator<Buffer> {
  let held: string[] = [];
  for await (const { digest, size } of blobs.list()) {
    held.push(`${JSON.stringify({ digest, size })}\n`);
    if (held.length < LINES_A_CHUNK) continue;
    yield Buffer.from(held.join(''));
    held = [];
  }
  yield Buffer.from(held.join(''));
}

/** The bytes of a blob, whatever dataset knows of it, if any. */
export async function storedBlob(context: Context, digest: string): Promise<ImmutableContent> {
  requireMay(context, 'access.administer', INSTANCE_SCOPE);
  const found = /^[0-9a-f]{64}$/.test(digest) ? await context.blobs.stat(digest) : null;
  if (!found) throw new DomainError('NOT_FOUND', `There is no blob "${digest}".`);
  return {
    digest,
    size: found.size,
    mediaType: 'application/octet-stream',
    read: (range) => context.blobs.read(digest, range),
  };
}
