import type { Context } from '../platform/context.ts';
import { type ContentFacts, findContentFacts } from './content-facts.store.ts';

/** Facts of several blobs, for a loader; the images that name them were judged before. */
export async function readFacts(context: Context, digests: readonly string[]): Promise<ContentFacts[]> {
  return findContentFacts(context.db, digests);
}
