import { visibleDataset } from '../../catalogue/dataset.store.ts';
import { requireMay } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import type { Context } from '../../platform/context.ts';
import type { SnapshotWish } from '../../snapshots/make-snapshot.store.ts';
import type { Reporter } from './evidence.ts';
import { makeProposal } from './make-proposal.store.ts';
import type { Proposal } from './proposal.ts';

export interface ProposeInput extends SnapshotWish {
  readonly dataset: string;
  /** What the reviewers should know. */
  readonly message: string;
}

/** Proposes a snapshot of the kept images as of the current revision, for others to review. */
export async function proposeSnapshot(
  context: Context,
  input: ProposeInput,
  reporter: Reporter,
): Promise<Proposal> {
  const dataset = await visibleDataset(context, input.dataset);
  requireMay(context, 'snapshot.publish', datasetScope(dataset.id));
  return makeProposal(context, dataset, input, reporter);
}
