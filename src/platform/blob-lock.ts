import type { EntityManager } from 'typeorm';
import { DomainError } from '../kernel/errors.ts';
import type { BlobStore } from './blob-store.ts';

/** Of the advisory lock that stands between bytes that are referred to anew and bytes that are destroyed; any number would do. */
const LOCK = 7_310_020;
const ASKED_AT_ONCE = 16;

/** For who writes down that bytes are referred to: until the transaction ends, none are destroyed. The last lock that it takes. */
export async function holdBlobs(db: EntityManager): Promise<void> {
  await db.query('SELECT pg_advisory_xact_lock_shared($1)', [LOCK]);
}

/** For who destroys bytes that nothing refers to: until the transaction ends, nobody writes down that they are referred to. */
export async function lockBlobs(db: EntityManager): Promise<void> {
  await db.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
}

/** Which of the blobs are not there. */
export async function missingBlobs(
  blobs: Pick<BlobStore, 'stat'>,
  digests: readonly string[],
): Promise<Set<string>> {
  const missing = new Set<string>();
  for (let start = 0; start < digests.length; start += ASKED_AT_ONCE)
    await Promise.all(
      digests.slice(start, start + ASKED_AT_ONCE).map(async (digest) => {
        if ((await blobs.stat(digest)) === null) missing.add(digest);
      }),
    );
  return missing;
}

/** Holds what was made and is about to be referred to; UNAVAILABLE where a withdrawal destroyed it before: it is to be made anew. */
export async function holdMadeBlobs(
  { db, blobs }: { readonly db: EntityManager; readonly blobs: Pick<BlobStore, 'stat'> },
  files: readonly { readonly digest: string }[],
): Promise<void> {
  await holdBlobs(db);
  const missing = await missingBlobs(blobs, [...new Set(files.map(({ digest }) => digest))]);
  if (missing.size > 0)
    throw new DomainError(
      'UNAVAILABLE',
      'What was made was destroyed before it was finished, with what a withdrawal took; ask again.',
    );
}
