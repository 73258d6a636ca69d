import { type Dataset, revisionAsked } from '../catalogue/dataset.ts';
import { findImages, type Image } from '../catalogue/image.store.ts';
import { may } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import { CURSOR_KEYS, decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import type { AnnotationRound } from './annotation.store.ts';
import { findPseudonym } from './annotator-accounts.store.ts';
import {
  listAssignments,
  type RoundAssignment,
  type RoundProgress,
  roundProgress,
} from './round-assignments.store.ts';

export interface AssignedImage extends RoundAssignment {
  readonly image: Image;
}

/** Who labels what in a round. Who does not curate sees the own assignments alone. */
export async function readAssignments(
  context: Context,
  round: AnnotationRound,
  request: PageRequest & { annotator?: string | null; open?: boolean | null },
): Promise<Page<AssignedImage>> {
  const { datasetId, asOf } = round;
  const at = { datasetId, asOf };
  const mayCurate = may(context.actor, 'dataset.curate', datasetScope(datasetId));
  const own = mayCurate ? null : await ownPseudonym(context, datasetId);
  if (own !== null && request.annotator != null && request.annotator !== own)
    throw new DomainError('FORBIDDEN', 'annotator: only who curates reads the assignments of others.');
  const filter = {
    annotator: own ?? request.annotator ?? null,
    open: request.open ?? null,
    after: decodeCursor(request, CURSOR_KEYS.rowId),
    limit: pageSize(request) + 1,
  };
  const rows = await listAssignments(context.db, at, round.name, filter);
  const images = await findImages(
    context.db,
    at,
    rows.map(({ imageId }) => imageId),
  );
  const imageOf = new Map(images.map((image) => [image.id, image]));
  return toPage(
    rows.map((row) => ({ ...row, image: imageOf.get(row.imageId)! })),
    request,
    ({ rowId }) => rowId,
  );
}

export async function readProgress(context: Context, round: AnnotationRound): Promise<RoundProgress> {
  return roundProgress(context.db, round, round.name);
}

/** The pseudonym under which the asking account labels in the dataset. */
export async function readOwnPseudonym(context: Context, dataset: Dataset): Promise<string | null> {
  revisionAsked(dataset, null);
  return context.actor && findPseudonym(context.db, dataset.id, context.actor.principalId);
}

async function ownPseudonym(context: Context, datasetId: string): Promise<string> {
  const own = context.actor && (await findPseudonym(context.db, datasetId, context.actor.principalId));
  if (own === null)
    throw new DomainError(
      'FORBIDDEN',
      'assignments: this account labels under no pseudonym of the dataset; a curator ties it to one.',
    );
  return own;
}
