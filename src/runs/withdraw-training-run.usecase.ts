import { lockDataset } from '../catalogue/dataset.store.ts';
import { recorded } from '../governance/audit.store.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { findTrainingRun, insertWithdrawal, type TrainingRun } from './runs.store.ts';
import { ownRun } from './visible-run.store.ts';

/** Says that a run was reported by mistake, and why. It stays readable, and counts no more. */
export async function withdrawTrainingRun(
  context: Context,
  { id, reason }: { id: string; reason: string },
): Promise<TrainingRun> {
  const run = await ownRun(context, id);
  if (reason.trim() === '') throw new DomainError('BAD_INPUT', 'reason: say why the run does not count.');
  const entry = {
    action: 'run.withdraw',
    subject: datasetScope(run.datasetId),
    detail: { run: run.id, reason },
  };
  return recorded(context, entry, async ({ db, actor, now }) => {
    await lockDataset(db, run.datasetId);
    const held = (await findTrainingRun(db, run.id))!;
    if (held.withdrawnReason !== null)
      throw new DomainError(
        'CONFLICT',
        `id: the run ${run.id} is withdrawn already: ${held.withdrawnReason}`,
      );
    await insertWithdrawal(db, { runId: run.id, reason, principalId: actor!.principalId }, now());
    return { ...held, withdrawnReason: reason };
  });
}
