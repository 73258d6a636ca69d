import { visibleObject } from '../catalogue/dataset.store.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { CURSOR_KEYS, decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import type { ReportKind } from './bias-counts.ts';
import { findReport, listReports } from './reports.store.ts';
import type { ReportSummary, StoredReport } from './stored-report.ts';

/** A report that was made, by its id. */
export async function readReport(context: Context, id: string): Promise<StoredReport> {
  return visibleObject(
    context,
    await findReport(context.db, id),
    `id: no report "${id}" is known to this token.`,
  );
}

/** The same where it may not have been made yet: then null. */
export async function readKeptReport(context: Context, id: string): Promise<StoredReport | null> {
  return findReport(context.db, id);
}

/** The reports made of a dataset, latest first. */
export async function listDatasetReports(
  context: Context,
  dataset: Dataset,
  request: PageRequest & { kind?: ReportKind | null; snapshot?: string | null },
): Promise<Page<ReportSummary>> {
  const rows = await listReports(context.db, dataset.id, {
    kind: request.kind ?? null,
    snapshot: request.snapshot ?? null,
    before: decodeCursor(request, CURSOR_KEYS.rowId),
    limit: pageSize(request) + 1,
  });
  return toPage(rows, request, ({ sequence }) => sequence);
}
