import type { Context } from '../../platform/context.ts';
import { destroyUnreferenced } from '../../renderings/unreferenced-blobs.store.ts';

/** Keeps a snapshot that was made, or leaves none of its shards behind: they may hold an image that was withdrawn meanwhile. */
export async function discardingRefused<T>(
  context: Pick<Context, 'db' | 'blobs'>,
  files: readonly { readonly digest: string }[],
  keep: () => Promise<T>,
): Promise<T> {
  try {
    return await keep();
  } catch (error) {
    await destroyUnreferenced(
      context,
      files.map(({ digest }) => digest),
    );
    throw error;
  }
}
