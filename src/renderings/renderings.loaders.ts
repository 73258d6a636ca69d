import DataLoader from 'dataloader';
import type { Context } from '../platform/context.ts';
import { readRenderingFiles, readRenderings } from './read-renderings.usecase.ts';

/** Renderings of a request's snapshots, one statement for all. */
export function renderingsLoader(context: Context) {
  return new DataLoader(async (snapshots: readonly string[]) => {
    const renderings = await readRenderings(context, snapshots);
    return snapshots.map((digest) => renderings.filter(({ request }) => request.snapshot === digest));
  });
}

/** Files of a request's renderings, one statement for all. */
export function renderingFilesLoader(context: Context) {
  return new DataLoader(async (ids: readonly string[]) => {
    const files = await readRenderingFiles(context, ids);
    return ids.map((id) => files.filter(({ rendering }) => rendering === id));
  });
}
