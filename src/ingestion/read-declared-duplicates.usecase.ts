import { type Dataset, revisionAsked } from '../catalogue/dataset.ts';
import { mayReadNames } from '../catalogue/visible-name.ts';
import { CURSOR_KEYS, decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import { type DeclaredDuplicate, listDeclaredDuplicateRows } from './declared-duplicates.store.ts';

/** Pairs of images that somebody declared to be copies, as of a revision. */
export async function readDeclaredDuplicates(
  context: Context,
  dataset: Dataset,
  request: PageRequest & { asOf?: number | null },
): Promise<Page<DeclaredDuplicate>> {
  const rows = await listDeclaredDuplicateRows(context.db, {
    datasetId: dataset.id,
    asOf: revisionAsked(dataset, request.asOf),
    after: decodeCursor(request, CURSOR_KEYS.rowId),
    limit: pageSize(request) + 1,
  });
  const shown = mayReadNames(context.actor, dataset)
    ? rows
    : rows.map((row) => ({ ...row, firstName: null, secondName: null }));
  return toPage(shown, request, ({ rowId }) => rowId);
}
