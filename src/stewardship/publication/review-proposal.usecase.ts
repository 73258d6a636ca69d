import { lockDataset, visibleObject } from '../../catalogue/dataset.store.ts';
import { recorded } from '../../governance/audit.store.ts';
import { requireMay } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Context } from '../../platform/context.ts';
import { type Proposal, requireAnother, requireOpen } from './proposal.ts';
import { findProposal, insertEnd, insertReview } from './proposals.store.ts';

export interface ReviewInput {
  /** Its id. */
  readonly proposal: string;
  readonly verdict: 'APPROVE' | 'REJECT';
  /** A refusal needs one. */
  readonly comment: string;
}

/** Says of another's proposal, once, whether it should be published. One refusal ends it. */
export async function reviewProposal(context: Context, input: ReviewInput): Promise<Proposal> {
  const unknown = `proposal: no proposal "${input.proposal}" is known to this token.`;
  const proposal = await visibleObject(context, await findProposal(context.db, input.proposal), unknown);
  const { id, datasetId, snapshot } = proposal;
  requireMay(context, 'snapshot.review', datasetScope(datasetId));
  const { verdict } = input;
  const comment = input.comment.trim();
  if (verdict === 'REJECT' && comment === '')
    throw new DomainError('BAD_INPUT', 'comment: a refusal needs one, for the proposer to go by.');
  const entry = {
    action: 'proposal.review',
    subject: datasetScope(datasetId),
    detail: { proposal: id, digest: snapshot.digest, verdict },
  };
  return recorded(context, entry, async ({ db, actor, now }) => {
    await lockDataset(db, datasetId);
    const { principalId } = actor!;
    const held = (await findProposal(db, id))!;
    requireAnother(held, principalId, 'review');
    const own = held.reviews.find(({ reviewerId }) => reviewerId === principalId);
    if (own?.verdict === verdict && own.comment === comment) return held;
    requireOpen(held, 'reviewed');
    if (own)
      throw new DomainError('CONFLICT', `proposal: you reviewed ${id} already, and a review stays as it is.`);
    const at = now();
    await insertReview(db, { proposal: id, principalId, verdict, comment, at });
    if (verdict === 'REJECT') await insertEnd(db, { proposal: id, state: 'REJECTED', principalId, at });
    return (await findProposal(db, id))!;
  });
}
