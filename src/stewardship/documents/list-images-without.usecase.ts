import { listFactors } from '../../acquisition/acquisition.store.ts';
import { COLUMN_NAMES, RESTRICTED_NAMES } from '../../acquisition/acquisition-values.ts';
import { visibleDatasetById } from '../../catalogue/dataset.store.ts';
import { revisionAsked } from '../../catalogue/dataset.ts';
import { findImages, type Image } from '../../catalogue/image.store.ts';
import { requireMay } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/errors.ts';
import {
  CURSOR_KEYS,
  decodeCursor,
  type Page,
  type PageRequest,
  pageSize,
  toPage,
} from '../../kernel/page.ts';
import type { Context } from '../../platform/context.ts';
import { listImagesWithout, type RawField } from './image-facts.store.ts';

/**
 * The kept images that lack a field, in the order of their ids. Of a personal dataset for who may read restricted metadata
 * alone, since the list tells small counts.
 */
export async function readImagesWithout(
  context: Context,
  { datasetId, asOf }: { datasetId: string; asOf: number | null },
  name: string,
  request: PageRequest,
): Promise<Page<Image>> {
  const dataset = await visibleDatasetById(context, datasetId);
  const at = { datasetId, asOf: revisionAsked(dataset, asOf) };
  const factors = (await listFactors(context.db, at)).map((factor) => factor.name);
  const of = fieldKind(name, factors);
  if (of === 'RESTRICTED' || dataset.sensitivity === 'PERSONAL')
    requireMay(context, 'restricted.read', datasetScope(datasetId));
  const page = { after: decodeCursor(request, CURSOR_KEYS.id), limit: pageSize(request) + 1 };
  const ids = await listImagesWithout(context.db, at, { of, name }, page);
  const images = new Map((await findImages(context.db, at, ids)).map((image) => [image.id, image]));
  return toPage(
    ids.flatMap((id) => images.get(id) ?? []),
    request,
    ({ id }) => id,
  );
}

function fieldKind(name: string, factors: readonly string[]): RawField['of'] {
  const isOneOf = (names: readonly string[]) => names.includes(name);
  if (isOneOf(COLUMN_NAMES)) return 'ACQUISITION';
  if (isOneOf(RESTRICTED_NAMES)) return 'RESTRICTED';
  if (isOneOf(factors)) return 'FACTOR';
  throw new DomainError(
    'BAD_INPUT',
    `field: "${name}" is neither an acquisition field (${COLUMN_NAMES.join(', ')}) nor a declared factor.`,
  );
}
