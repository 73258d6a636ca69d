import { visibleObject } from '../catalogue/dataset.store.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { findImages, type Image } from '../catalogue/image.store.ts';
import { CURSOR_KEYS, decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import { findConsensus, findItems, listConsensusRows, listItems } from './consensus.store.ts';
import type { Consensus } from './consensus.ts';
import type { ConsensusItem } from './make-items.ts';

export interface ImageConsensus {
  readonly consensus: string;
  readonly image: Image;
  readonly item: ConsensusItem;
}

export async function readConsensus(context: Context, id: string): Promise<Consensus> {
  return visibleObject(
    context,
    await findConsensus(context.db, id),
    `id: no consensus "${id}" is known to this token.`,
  );
}

/** Of a dataset, latest first. */
export async function listConsensuses(
  context: Context,
  dataset: Dataset,
  request: PageRequest & { name?: string | null },
): Promise<Page<Consensus>> {
  const filter = {
    name: request.name ?? null,
    before: decodeCursor(request, CURSOR_KEYS.rowId),
    limit: pageSize(request) + 1,
  };
  return toPage(await listConsensusRows(context.db, dataset.id, filter), request, ({ sequence }) => sequence);
}

export async function readItems(
  context: Context,
  consensus: Consensus,
  request: PageRequest & { tied?: boolean | null },
): Promise<Page<ImageConsensus>> {
  const filter = {
    tied: request.tied ?? null,
    after: decodeCursor(request, CURSOR_KEYS.id),
    limit: pageSize(request) + 1,
  };
  const rows = await listItems(context.db, consensus.id, filter);
  const at = { datasetId: consensus.datasetId, asOf: consensus.request.revision };
  const images = await findImages(
    context.db,
    at,
    rows.map(({ imageId }) => imageId),
  );
  const imageOf = new Map(images.map((image) => [image.id, image]));
  return toPage(
    rows.map(({ imageId, item }) => ({ consensus: consensus.id, image: imageOf.get(imageId)!, item })),
    request,
    ({ image }) => image.id,
  );
}

/** What a consensus of the dataset holds of several images, for a loader. */
export async function readItemsOf(
  context: Context,
  consensus: string,
  imageIds: readonly string[],
): Promise<Map<string, ConsensusItem>> {
  const held = await readConsensus(context, consensus);
  const rows = await findItems(context.db, [held.id], imageIds);
  return new Map(rows.map(({ imageId, document }) => [imageId, JSON.parse(document)]));
}
