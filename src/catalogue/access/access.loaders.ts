import DataLoader from 'dataloader';
import type { Context } from '../../platform/context.ts';
import { readGrantsOn, readSlugs } from './read-access.usecase.ts';

/** Slugs of the datasets that a request's grants and tokens are of, one statement for all. */
export function slugLoader(context: Context) {
  return new DataLoader((ids: readonly string[]) => readSlugs(context, ids));
}

/** Who was given what on a request's datasets, one statement for all. */
export function grantsOnLoader(context: Context) {
  return new DataLoader((datasetIds: readonly string[]) => readGrantsOn(context, datasetIds));
}
