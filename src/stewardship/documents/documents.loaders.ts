import DataLoader from 'dataloader';
import type { Dataset } from '../../catalogue/dataset.ts';
import type { Context } from '../../platform/context.ts';
import type { Snapshot } from '../../snapshots/snapshot.ts';
import { type DocumentMaterial, readDatasetMaterial, readSnapshotMaterial } from './read-document.usecase.ts';

/** What the documents of one request are made of: gathered once for all documents of a dataset or snapshot. */
export function datasetMaterialLoader(context: Context) {
  return new DataLoader<{ dataset: Dataset; asOf: number | null }, DocumentMaterial, string>(
    (keys) => Promise.all(keys.map(({ dataset, asOf }) => readDatasetMaterial(context, dataset, asOf))),
    { cacheKeyFn: ({ dataset, asOf }) => `${dataset.id}/${asOf}` },
  );
}

export function snapshotMaterialLoader(context: Context) {
  return new DataLoader<{ snapshot: Snapshot; answersAsOf: number | null }, DocumentMaterial, string>(
    (keys) =>
      Promise.all(
        keys.map(({ snapshot, answersAsOf }) => readSnapshotMaterial(context, snapshot, answersAsOf)),
      ),
    { cacheKeyFn: ({ snapshot, answersAsOf }) => `${snapshot.digest}/${answersAsOf}` },
  );
}
