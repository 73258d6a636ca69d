import type { Readable } from 'node:stream';
import type { Context } from '../platform/context.ts';
import { findContentFacts } from './content-facts.store.ts';
import { requireReadablePixels, unknownBytes } from './readable-pixels.store.ts';

export interface ReadableBlob {
  readonly digest: string;
  readonly size: number;
  readonly mediaType: string;
  read(range?: { start: number; end: number }): Readable;
  redirect(): Promise<string | null>;
}

/** Bytes of an image in a dataset whose pixels the actor may read. */
export async function readBlob(context: Context, digest: string): Promise<ReadableBlob> {
  await requireReadablePixels(context, digest);
  const stored = await context.blobs.stat(digest);
  if (!stored) throw unknownBytes(digest);
  const [facts] = await findContentFacts(context.db, [digest]);
  const mediaType = facts?.mediaType ?? 'application/octet-stream';
  return {
    digest,
    size: stored.size,
    mediaType,
    read: (range) => context.blobs.read(digest, range),
    redirect: () => context.blobs.signedAddress(digest, mediaType),
  };
}
