import { recorded } from '../governance/audit.store.ts';
import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import { CURSOR_KEYS, decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import { findSnapshot } from '../snapshots/snapshots.store.ts';
import { insertTrainingRun, listTrainingRuns, type TrainingRun } from './runs.store.ts';
import { checkTrainingRun, type TrainingRunReport } from './training-run.ts';

/** A consumer says what it trained on a pinned snapshot, and how that went. Whoever may fetch may report. */
export async function reportTrainingRun(
  context: Context,
  input: TrainingRunReport & { snapshot: string },
): Promise<TrainingRun> {
  const snapshot = await findSnapshot(context.db, input.snapshot);
  requireMay(context, 'run.report', datasetScope(snapshot?.datasetId ?? 'none'));
  if (!snapshot)
    throw new DomainError('NOT_FOUND', `snapshot: no snapshot ${input.snapshot} is known to this token.`);
  checkTrainingRun(input);
  const entry = {
    action: 'run.report',
    subject: datasetScope(snapshot.datasetId),
    detail: { snapshot: snapshot.digest, model: input.model },
  };
  return recorded(context, entry, ({ db, actor, now }) =>
    insertTrainingRun(
      db,
      { ...input, datasetId: snapshot.datasetId, principalId: actor!.principalId },
      now(),
    ),
  );
}

export async function listRunsOf(
  context: Context,
  digest: string,
  request: PageRequest,
): Promise<Page<TrainingRun>> {
  const rows = await listTrainingRuns(
    context.db,
    digest,
    decodeCursor(request, CURSOR_KEYS.rowId),
    pageSize(request) + 1,
  );
  return toPage(rows, request, ({ rowId }) => rowId);
}
