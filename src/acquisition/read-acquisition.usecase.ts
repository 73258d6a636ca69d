import { type Dataset, revisionAsked } from '../catalogue/dataset.ts';
import type { Context } from '../platform/context.ts';
import { findAcquisitions, type ImageAcquisition, listFactors } from './acquisition.store.ts';
import type { DeclaredFactor } from './acquisition-record.ts';

export async function readFactors(
  context: Context,
  dataset: Dataset,
  asOf?: number | null,
): Promise<DeclaredFactor[]> {
  return listFactors(context.db, { datasetId: dataset.id, asOf: revisionAsked(dataset, asOf) });
}

/** Records of several images as of one revision, for a loader. */
export async function readAcquisitions(
  context: Context,
  at: { datasetId: string; asOf: number },
  imageIds: readonly string[],
): Promise<ImageAcquisition[]> {
  return findAcquisitions(context.db, at, imageIds);
}
