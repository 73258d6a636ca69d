import DataLoader from 'dataloader';
import type { Context } from '../platform/context.ts';
import { readFacts } from './read-facts.usecase.ts';

/** Facts of a request's blobs, one statement for all. */
export function factsLoader(context: Context) {
  return new DataLoader(async (digests: readonly string[]) => {
    const found = new Map((await readFacts(context, digests)).map((facts) => [facts.digest, facts]));
    return digests.map((digest) => found.get(digest) ?? null);
  });
}
