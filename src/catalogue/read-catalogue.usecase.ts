import { requireMaySomewhere } from '../governance/policy.ts';
import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import { CURSOR_KEYS, decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import { listDatasetRows, visibleDataset, visibleDatasetById } from './dataset.store.ts';
import { type Dataset, revisionAsked } from './dataset.ts';
import { countImages, findImages, type Image, type ImageCounts } from './image.store.ts';
import { listLabelSchemas } from './label-schema.store.ts';
import type { LabelClass } from './label-schema.ts';
import {
  countGovernedChanges,
  type GovernedChange,
  type GovernedTable,
  governedChanges,
  listRevisionRows,
  type Revision,
} from './revise.store.ts';

export async function readDataset(context: Context, slug: string): Promise<Dataset> {
  return visibleDataset(context, slug);
}

export async function readDatasetById(context: Context, id: string): Promise<Dataset> {
  return visibleDatasetById(context, id);
}

export async function listDatasets(context: Context, request: PageRequest): Promise<Page<Dataset>> {
  requireMaySomewhere(context, 'dataset.read');
  const scopes = context.actor!.grants.map(({ scope }) => scope);
  const ids = scopes.includes(INSTANCE_SCOPE) ? null : scopes.map((scope) => scope.slice('dataset:'.length));
  const rows = await listDatasetRows(context.db, {
    ids,
    after: decodeCursor(request, CURSOR_KEYS.text),
    limit: pageSize(request) + 1,
  });
  return toPage(rows, request, ({ slug }) => slug);
}

/** One image as of a revision (the current one unless said); key `datasetId/imageId`. */
export async function readImage(
  context: Context,
  datasetId: string,
  imageId: string,
  asOf?: number | null,
): Promise<Image> {
  const dataset = await visibleDatasetById(context, datasetId);
  if (!/^[0-9a-f]{32}$/.test(imageId))
    throw new DomainError('BAD_INPUT', `"${imageId}" is not an image id: 32 hexadecimal digits.`);
  const [image] = await findImages(context.db, { datasetId, asOf: revisionAsked(dataset, asOf) }, [imageId]);
  if (!image)
    throw new DomainError('NOT_FOUND', `no image ${imageId} is in ${dataset.slug} as of that revision.`);
  return image;
}

/** Counts of several datasets, for a loader; their moments were judged and checked before. */
export async function countDatasetImages(
  context: Context,
  moments: readonly { datasetId: string; asOf: number }[],
): Promise<ImageCounts[]> {
  return countImages(context.db, moments);
}

/** Label schemas of several datasets, for a loader; their moments were judged and checked before. */
export async function readLabelSchemas(
  context: Context,
  moments: readonly { datasetId: string; asOf: number }[],
): Promise<LabelClass[][]> {
  return listLabelSchemas(context.db, moments);
}

export async function listRevisions(
  context: Context,
  dataset: Dataset,
  request: PageRequest,
): Promise<Page<Revision>> {
  const before = decodeCursor(request, CURSOR_KEYS.number) ?? dataset.revision + 1;
  const rows = await listRevisionRows(context.db, dataset.id, before, pageSize(request) + 1);
  return toPage(rows, request, ({ number }) => number);
}

/** Two revisions of one dataset, to be compared table by table. */
export interface RevisionDiff {
  readonly datasetId: string;
  readonly from: number;
  readonly to: number;
}

export function diffRevisions(dataset: Dataset, from: number, to: number): RevisionDiff {
  if (revisionAsked(dataset, from) > revisionAsked(dataset, to)) {
    throw new DomainError('BAD_INPUT', `from: ${from} lies after to: ${to}; ask the other way round.`);
  }
  return { datasetId: dataset.id, from, to };
}

export interface Changes extends Page<GovernedChange> {
  readonly opened: number;
  readonly closed: number;
}

export async function listChanges(
  context: Context,
  diff: RevisionDiff,
  table: GovernedTable,
  request: PageRequest,
): Promise<Changes> {
  const range = { ...diff, after: decodeCursor(request, CURSOR_KEYS.rowId), limit: pageSize(request) + 1 };
  const rows = await governedChanges(context.db, table, range);
  const counts = await countGovernedChanges(context.db, table, diff);
  return { ...toPage(rows, request, ({ rowId }) => rowId), ...counts };
}
