import { type Dataset, revisionAsked } from '../catalogue/dataset.ts';
import type { Context } from '../platform/context.ts';
import { type DuplicateFinding, duplicatesAmong } from './duplicates.store.ts';

/** Exact and confirmed near duplicates among the kept images, as of a revision. */
export async function findDuplicates(
  context: Context,
  dataset: Dataset,
  asOf?: number | null,
): Promise<DuplicateFinding> {
  return duplicatesAmong(context.db, { datasetId: dataset.id, asOf: revisionAsked(dataset, asOf) });
}
