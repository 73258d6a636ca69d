import { may, requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { findTrainingRun, type TrainingRun } from './runs.store.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A run that this token may read; what it may not read is not there. */
export async function visibleRun(context: Context, id: string): Promise<TrainingRun> {
  const run = UUID.test(id) ? await findTrainingRun(context.db, id) : null;
  if (run && may(context.actor, 'dataset.read', datasetScope(run.datasetId))) return run;
  throw new DomainError('NOT_FOUND', `id: no training run "${id}" is known to this token.`);
}

/** A run that this token may add to or withdraw: its reporter's, or any run for whoever curates the dataset. */
export async function ownRun(context: Context, id: string): Promise<TrainingRun> {
  const run = await visibleRun(context, id);
  requireMay(context, 'run.report', datasetScope(run.datasetId));
  const isReporter = context.actor!.principalId === run.principalId;
  if (isReporter || may(context.actor, 'dataset.curate', datasetScope(run.datasetId))) return run;
  throw new DomainError(
    'FORBIDDEN',
    `id: the run "${id}" was reported by someone else; its reporter or a curator of the dataset may change what is said of it.`,
  );
}
