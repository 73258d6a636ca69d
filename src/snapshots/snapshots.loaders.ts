import DataLoader from 'dataloader';
import type { Context } from '../platform/context.ts';
import { readTags } from './read-snapshots.usecase.ts';

/** Tags of a request's snapshots, one statement for all. */
export function tagsLoader(context: Context) {
  return new DataLoader(async (digests: readonly string[]) => {
    const tags = await readTags(context, digests);
    return digests.map((digest) => tags.filter((found) => found.digest === digest).map(({ tag }) => tag));
  });
}
