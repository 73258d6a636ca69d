import { visibleDatasetById } from '../catalogue/dataset.store.ts';
import { type Dataset, revisionAsked } from '../catalogue/dataset.ts';
import { DomainError } from '../kernel/errors.ts';
import { CURSOR_KEYS, decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import {
  type Annotation,
  type AnnotationRound,
  type Annotator,
  countAnnotations,
  findAnnotation,
  findAnnotationsOf,
  type Guideline,
  listAnnotationRows,
  listAnnotators,
  listGuidelines,
  listRounds,
} from './annotation.store.ts';
import { viewerOf } from './annotation-viewer.store.ts';

type AsOf = number | null | undefined;

const moment = (dataset: Dataset, asOf: AsOf) => ({
  datasetId: dataset.id,
  asOf: revisionAsked(dataset, asOf),
});

export async function listAnnotations(
  context: Context,
  dataset: Dataset,
  request: PageRequest & { asOf?: number | null; annotator?: string | null },
): Promise<Page<Annotation>> {
  const filter = {
    annotator: request.annotator ?? null,
    after: decodeCursor(request, CURSOR_KEYS.id),
    limit: pageSize(request) + 1,
  };
  return toPage(
    await listAnnotationRows(
      context.db,
      moment(dataset, request.asOf),
      filter,
      await viewerOf(context, dataset.id),
    ),
    request,
    ({ id }) => id,
  );
}

/** Annotations of several images as of one revision, for a loader. */
export async function readAnnotationsOf(
  context: Context,
  at: { datasetId: string; asOf: number },
  imageIds: readonly string[],
): Promise<Annotation[]> {
  return findAnnotationsOf(context.db, at, imageIds, await viewerOf(context, at.datasetId));
}

/** One annotation that holds now. */
export async function readAnnotation(context: Context, datasetId: string, id: string): Promise<Annotation> {
  const dataset = await visibleDatasetById(context, datasetId);
  if (!/^[0-9a-f]{32}$/.test(id))
    throw new DomainError('BAD_INPUT', `"${id}" is not an annotation id: 32 hexadecimal digits.`);
  const annotation = await findAnnotation(
    context.db,
    moment(dataset, null),
    id,
    await viewerOf(context, dataset.id),
  );
  if (!annotation) throw new DomainError('NOT_FOUND', `no annotation ${id} holds in ${dataset.slug}.`);
  return annotation;
}

/** Counts of several datasets, for a loader; their moments were judged and checked before. */
export async function countDatasetAnnotations(
  context: Context,
  moments: readonly { datasetId: string; asOf: number }[],
): Promise<number[]> {
  return countAnnotations(context.db, moments);
}

export async function readAnnotators(context: Context, dataset: Dataset, asOf: AsOf): Promise<Annotator[]> {
  return listAnnotators(context.db, moment(dataset, asOf));
}

export async function readGuidelines(context: Context, dataset: Dataset, asOf: AsOf): Promise<Guideline[]> {
  return listGuidelines(context.db, moment(dataset, asOf));
}

export async function readRounds(context: Context, dataset: Dataset, asOf: AsOf): Promise<AnnotationRound[]> {
  return listRounds(context.db, moment(dataset, asOf));
}
