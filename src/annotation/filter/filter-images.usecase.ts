import { listFactors } from '../../acquisition/acquisition.store.ts';
import { type Dataset, revisionAsked } from '../../catalogue/dataset.ts';
import type { Image } from '../../catalogue/image.store.ts';
import { listLabelClasses } from '../../catalogue/label-schema.store.ts';
import { mayReadNames } from '../../catalogue/visible-name.ts';
import { may } from '../../governance/policy.ts';
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
import { viewerOf } from '../annotation-viewer.store.ts';
import { PUBLIC_VIEW } from '../annotation-viewer.ts';
import {
  countFiltered,
  type FilterScan,
  listFiltered,
  tallyByClass,
  tallyByField,
} from './filtered-images.store.ts';
import { filterFaults, type ImageFilter, placeOfField, unknownField } from './image-filter.ts';
import { type Tally, type TallyRequest, tallyField, tallyOf, tallyStep } from './tally.ts';

type AsOf = number | null | undefined;

/** The images of which every filter holds, in manifest order. */
export async function listImages(
  context: Context,
  dataset: Dataset,
  request: PageRequest & { asOf?: AsOf; filters: readonly ImageFilter[] },
): Promise<Page<Image>> {
  const scan = await filterScan(context, dataset, request);
  const rows = await listFiltered(context.db, scan, {
    after: decodeCursor(request, CURSOR_KEYS.id),
    limit: pageSize(request) + 1,
  });
  return toPage(rows, request, ({ id }) => id);
}

export async function countImages(
  context: Context,
  dataset: Dataset,
  request: { asOf?: AsOf; filters: readonly ImageFilter[] },
): Promise<number> {
  return countFiltered(context.db, await filterScan(context, dataset, request));
}

/** How many images and units of a filter there are of each value. */
export async function tallyImages(
  context: Context,
  dataset: Dataset,
  request: TallyRequest & { asOf?: AsOf; filters: readonly ImageFilter[] },
): Promise<Tally> {
  const field = tallyField(request);
  const first = pageSize(request);
  const tallied = field === null ? 'CLASS' : 'FIELD';
  const scan = await filterScan(context, dataset, { ...request, tallied });
  const step = tallyStep(dataset.sensitivity);
  const asked = { step, limit: first + 1 };
  if (field === null) return tallyOf(await tallyByClass(context.db, scan, asked), { step, first });
  if (placeOfField(field, scan.factors) === null)
    throw new DomainError('BAD_INPUT', `factor: ${unknownField(field)}`);
  requireReadable(context, dataset, field, scan.factors);
  return tallyOf(await tallyByField(context.db, scan, { ...asked, field }), { step, first });
}

/**
 * A filter without fault, of fields that the actor may read: what may not be read may not be asked for either. What no
 * condition needs is not looked up.
 */
async function filterScan(
  context: Context,
  dataset: Dataset,
  { asOf, filters, tallied }: { asOf?: AsOf; filters: readonly ImageFilter[]; tallied?: 'FIELD' | 'CLASS' },
): Promise<FilterScan> {
  const at = { datasetId: dataset.id, asOf: revisionAsked(dataset, asOf) };
  const asks = (name: keyof ImageFilter) => filters.some((filter) => (filter[name] ?? null) !== null);
  const declared = tallied === 'FIELD' || asks('factors') ? await listFactors(context.db, at) : [];
  const factors = new Map(declared.map((factor) => [factor.name, factor]));
  const schema = asks('classes') ? await listLabelClasses(context.db, at) : [];
  const classes = new Set(schema.map(({ name }) => name));
  const faults = filters.flatMap((filter) => filterFaults(filter, { classes, factors }));
  if (faults.length > 0)
    throw new DomainError('BAD_INPUT', `filter: ${faults.map(({ message }) => message).join(' ')}`, faults);
  for (const filter of filters) {
    if (filter.nameContains && !mayReadNames(context.actor, dataset))
      throw restricted('nameContains: names are restricted in a personal dataset');
    for (const { name } of filter.factors ?? []) requireReadable(context, dataset, name, factors);
  }
  const readsLabels = tallied === 'CLASS' || asks('classes') || asks('disagreement');
  const viewer = readsLabels ? await viewerOf(context, dataset.id) : PUBLIC_VIEW;
  return { ...at, filters, factors, viewer };
}

function requireReadable(
  { actor }: Context,
  dataset: Dataset,
  field: string,
  factors: FilterScan['factors'],
): void {
  if (placeOfField(field, factors) !== 'RESTRICTED') return;
  if (!may(actor, 'restricted.read', datasetScope(dataset.id)))
    throw restricted(`factors: "${field}" is restricted metadata`);
}

const restricted = (what: string) =>
  new DomainError('FORBIDDEN', `${what}; ask for the right to restricted metadata.`);
