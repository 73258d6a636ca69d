import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { CURSOR_KEYS, decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import type { RunOutcome } from './run-outcome.ts';
import { listOutcomes, listTrainingRuns, type RunFilter, type TrainingRun } from './runs.store.ts';
import { visibleRun } from './visible-run.store.ts';

export async function readTrainingRun(context: Context, id: string): Promise<TrainingRun> {
  const run = await visibleRun(context, id);
  requireMay(context, 'dataset.read', datasetScope(run.datasetId));
  return run;
}

/** In the order in which they were reported. */
export async function listRuns(
  context: Context,
  filter: RunFilter,
  request: PageRequest,
): Promise<Page<TrainingRun>> {
  const after = decodeCursor(request, CURSOR_KEYS.rowId);
  const rows = await listTrainingRuns(context.db, filter, after, pageSize(request) + 1);
  return toPage(rows, request, ({ rowId }) => rowId);
}

/** In the order of the images' ids. */
export async function listRunOutcomes(
  context: Context,
  runId: string,
  request: PageRequest,
): Promise<Page<RunOutcome>> {
  const after = decodeCursor(request, CURSOR_KEYS.id);
  const rows = await listOutcomes(context.db, runId, after, pageSize(request) + 1);
  return toPage(rows, request, ({ image }) => image);
}
