import { Readable } from 'node:stream';
import { holdMadeBlobs } from '../../platform/blob-lock.ts';
import type { Context } from '../../platform/context.ts';
import { previewImage } from '../../platform/preview-image.ts';
import { findContentFacts } from '../content-facts.store.ts';
import { requireReadablePixels, unknownBytes } from '../readable-pixels.store.ts';
import { PREVIEW_SIDES, type PreviewSize } from './preview.ts';
import { findPreview, type KeptPreview, keepPreview } from './previews.store.ts';

/** A preview of bytes whose pixels the actor may read, made when it is asked for the first time. */
export async function readPreview(
  context: Context,
  digest: string,
  size: PreviewSize,
): Promise<KeptPreview & { readonly bits: number }> {
  await requireReadablePixels(context, digest);
  const [facts] = await findContentFacts(context.db, [digest]);
  if (!facts) throw unknownBytes(digest);
  const preview = (await keptPreview(context, digest, size)) ?? (await makePreview(context, digest, size));
  return { ...preview, bits: facts.bitDepth };
}

async function keptPreview(context: Context, digest: string, size: PreviewSize): Promise<KeptPreview | null> {
  const kept = await findPreview(context.db, digest, size);
  return kept && (await context.blobs.stat(kept.digest)) ? kept : null;
}

async function makePreview(context: Context, source: string, size: PreviewSize): Promise<KeptPreview> {
  const { maxPixels, decodeSeconds } = context.limits;
  const options = { longestSide: PREVIEW_SIDES[size], maxPixels, timeoutSeconds: decodeSeconds };
  const { webp, low, high } = await decoded(context, source, (path) => previewImage(path, options));
  const { digest, created } = await context.blobs.put(Readable.from([webp]), {});
  const made = { source, digest, low, high };
  const isKept = await context.db.transaction(async (db) => {
    if (!(await keepPreview(db, size, made))) return false;
    await holdMadeBlobs({ db, blobs: context.blobs }, [made]);
    return true;
  });
  if (isKept) return made;
  if (created) await context.blobs.destroy(digest);
  throw unknownBytes(source);
}

/** Bytes that a withdrawal destroyed meanwhile are not there; they are not damaged. */
async function decoded<T>({ blobs }: Context, source: string, use: (path: string) => Promise<T>): Promise<T> {
  try {
    return await blobs.local(source, use);
  } catch (error) {
    if ((await blobs.stat(source)) === null) throw unknownBytes(source);
    throw error;
  }
}
