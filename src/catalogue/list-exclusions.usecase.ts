import { CURSOR_KEYS, decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import { type Dataset, revisionAsked } from './dataset.ts';
import { type ExclusionEntry, listExclusionRows } from './exclusions.store.ts';
import { mayReadNames } from './visible-name.ts';

/** The exclusion ledger as of a revision. */
export async function listExclusions(
  context: Context,
  dataset: Dataset,
  request: PageRequest & { asOf?: number | null; history: boolean },
): Promise<Page<ExclusionEntry>> {
  const rows = await listExclusionRows(context.db, {
    datasetId: dataset.id,
    asOf: revisionAsked(dataset, request.asOf),
    history: request.history,
    after: decodeCursor(request, CURSOR_KEYS.rowId),
    limit: pageSize(request) + 1,
  });
  const shown = mayReadNames(context.actor, dataset)
    ? rows
    : rows.map((row) => ({ ...row, imageName: null }));
  return toPage(shown, request, ({ rowId }) => rowId);
}
