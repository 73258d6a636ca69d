import { lockDataset, visibleObject } from '../../catalogue/dataset.store.ts';
import { recorded } from '../../governance/audit.store.ts';
import { requireMay } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import type { Context } from '../../platform/context.ts';
import { type Proposal, requireOpen } from './proposal.ts';
import { findProposal, insertEnd } from './proposals.store.ts';

/** Takes a proposal back: by whoever may publish the dataset, the proposer or not. */
export async function withdrawProposal(
  context: Context,
  input: { readonly proposal: string },
): Promise<Proposal> {
  const unknown = `proposal: no proposal "${input.proposal}" is known to this token.`;
  const proposal = await visibleObject(context, await findProposal(context.db, input.proposal), unknown);
  const { id, datasetId } = proposal;
  requireMay(context, 'snapshot.publish', datasetScope(datasetId));
  const detail = { proposal: id, digest: proposal.snapshot.digest };
  const entry = { action: 'proposal.withdraw', subject: datasetScope(datasetId), detail };
  return recorded(context, entry, async ({ db, actor, now }) => {
    await lockDataset(db, datasetId);
    const held = (await findProposal(db, id))!;
    if (held.end?.state === 'WITHDRAWN') return held;
    requireOpen(held, 'withdrawn');
    const { principalId } = actor!;
    await insertEnd(db, { proposal: id, state: 'WITHDRAWN', principalId, at: now() });
    return (await findProposal(db, id))!;
  });
}
