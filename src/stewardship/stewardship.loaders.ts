import DataLoader from 'dataloader';
import type { Context } from '../platform/context.ts';
import { readDeprecations } from './deprecate-snapshot.usecase.ts';

/** Deprecations of a request's snapshots, one statement for all. */
export function deprecationLoader(context: Context) {
  return new DataLoader(async (digests: readonly string[]) => {
    const found = new Map(
      (await readDeprecations(context, digests)).map((deprecation) => [deprecation.snapshot, deprecation]),
    );
    return digests.map((digest) => found.get(digest) ?? null);
  });
}
