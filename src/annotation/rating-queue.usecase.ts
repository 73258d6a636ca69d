import type { Dataset } from '../catalogue/dataset.ts';
import { findImages, type Image } from '../catalogue/image.store.ts';
import { listLabelClasses } from '../catalogue/label-schema.store.ts';
import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { pageSize } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import { ratingNeed } from './rating-need.ts';
import { imagesByPattern, votePatterns } from './rating-queue.store.ts';

export interface QueuedImage {
  readonly image: Image;
  /** First looks at it, unnamed votes counted. */
  readonly ratings: number;
  /** `ratingNeed`, in bits. */
  readonly need: number;
}

/** The kept images that most need another rating of their class, as of now; what is under seal does not count. */
export async function readRatingQueue(
  context: Context,
  dataset: Dataset,
  first: number | null,
): Promise<QueuedImage[]> {
  requireMay(context, 'dataset.curate', datasetScope(dataset.id));
  const limit = pageSize({ first });
  const at = { datasetId: dataset.id, asOf: dataset.revision };
  const classCount = (await listLabelClasses(context.db, at)).length;
  const patterns = (await votePatterns(context.db, at))
    .map((votes) => ({ votes, need: ratingNeed(votes, classCount) }))
    .sort((a, b) => b.need - a.need || a.votes.length - b.votes.length);
  const queued = await imagesByPattern(
    context.db,
    at,
    patterns.map(({ votes }) => votes),
    limit,
  );
  const images = await findImages(
    context.db,
    at,
    queued.map(({ imageId }) => imageId),
  );
  const imageOf = new Map(images.map((image) => [image.id, image]));
  return queued.map(({ imageId, votes }) => ({
    image: imageOf.get(imageId)!,
    ratings: votes.reduce((sum, count) => sum + count, 0),
    need: ratingNeed(votes, classCount),
  }));
}
