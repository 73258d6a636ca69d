import { DomainError, isDomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { visibleSnapshot } from '../snapshots/snapshots.store.ts';
import type { MadeFile } from './rendering.ts';
import { findRendering, listRenderingFiles, listRenderings, type Rendering } from './renderings.store.ts';

export async function readRendering(context: Context, id: string): Promise<Rendering> {
  const rendering = await findRendering(context.db, id);
  const unknown = new DomainError('NOT_FOUND', `id: no rendering "${id}" is known to this token.`);
  if (!rendering) {
    context.decisions.add('snapshot.fetch');
    throw unknown;
  }
  await visibleSnapshot(context, rendering.request.snapshot).catch((error: unknown) => {
    throw isDomainError(error) && error.code !== 'NOT_FOUND' ? error : unknown;
  });
  return rendering;
}

/** In the order in which they were asked for. */
export async function readRenderings({ db }: Context, snapshots: readonly string[]): Promise<Rendering[]> {
  return listRenderings(db, snapshots);
}

export async function readRenderingFiles(
  { db }: Context,
  renderings: readonly string[],
): Promise<(MadeFile & { readonly rendering: string })[]> {
  return listRenderingFiles(db, renderings);
}
