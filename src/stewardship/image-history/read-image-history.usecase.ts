import { viewerOf } from '../../annotation/annotation-viewer.store.ts';
import type { Context } from '../../platform/context.ts';
import { findLedgerChanges, findRecords } from './image-history.store.ts';
import { changedFields, type ImageChange, latestFirst } from './image-history.ts';

/** What was done to several images up to one revision, for a loader: by image id, the latest first. */
export async function readImageHistories(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  at: { datasetId: string; asOf: number },
  imageIds: readonly string[],
): Promise<Map<string, ImageChange[]>> {
  const changes = await findLedgerChanges(db, at, imageIds, await viewerOf({ db, actor }, at.datasetId));
  const records = await findRecords(db, at, imageIds);
  const found = new Map<string, ImageChange[]>(imageIds.map((id) => [id, []]));
  for (const change of changes) found.get(change.imageId)!.push(change);
  for (const [index, record] of records.entries()) {
    const before = records[index - 1];
    const fields = changedFields(before?.imageId === record.imageId ? before : null, record);
    const { imageId, revision, at: moment } = record;
    if (fields.length > 0) found.get(imageId)!.push({ kind: 'RECORDED', revision, at: moment, fields });
  }
  return new Map([...found].map(([id, history]) => [id, latestFirst(history)]));
}
