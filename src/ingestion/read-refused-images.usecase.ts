import { type Dataset, revisionAsked } from '../catalogue/dataset.ts';
import { mayReadNames } from '../catalogue/visible-name.ts';
import { CURSOR_KEYS, decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import { type LedgerRefusal, listRefusals } from './refusals.store.ts';

/** Candidates refused at the door, as of a revision. */
export async function readRefusedImages(
  context: Context,
  dataset: Dataset,
  request: PageRequest & { asOf?: number | null },
): Promise<Page<LedgerRefusal>> {
  const rows = await listRefusals(context.db, {
    datasetId: dataset.id,
    asOf: revisionAsked(dataset, request.asOf),
    after: decodeCursor(request, CURSOR_KEYS.rowId),
    limit: pageSize(request) + 1,
  });
  const shown = mayReadNames(context.actor, dataset)
    ? rows
    : rows.map((row) => ({ ...row, name: null, reason: null }));
  return toPage(shown, request, ({ rowId }) => rowId);
}
