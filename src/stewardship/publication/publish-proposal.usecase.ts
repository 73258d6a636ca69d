import { lockDataset, visibleObject } from '../../catalogue/dataset.store.ts';
import { recorded } from '../../governance/audit.store.ts';
import { requireMay } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Context } from '../../platform/context.ts';
import { keepSnapshot } from '../../snapshots/keep-snapshot.store.ts';
import type { Snapshot } from '../../snapshots/snapshot.ts';
import { findSnapshot } from '../../snapshots/snapshots.store.ts';
import { requireImagesKept, requireRulesInForce, requireTermsInForce } from './fresh-snapshot.store.ts';
import { requireOpen, requireRulesMet, standingFindings } from './proposal.ts';
import { findProposal, insertEnd } from './proposals.store.ts';

const WAY_OUT =
  'Have it approved by those who may review, or a rule waived in writing; else mend what is named and propose it again.';

/** Publishes what was proposed, byte for byte: snapshot, files, tag and signed statement appear together, or not at all. */
export async function publishProposal(
  context: Context,
  input: { readonly proposal: string },
): Promise<Snapshot> {
  const unknown = `proposal: no proposal "${input.proposal}" is known to this token.`;
  const proposal = await visibleObject(context, await findProposal(context.db, input.proposal), unknown);
  const { id, datasetId, tag } = proposal;
  const { digest } = proposal.snapshot;
  requireMay(context, 'snapshot.publish', datasetScope(datasetId));
  const entry = {
    action: 'snapshot.publish',
    subject: datasetScope(datasetId),
    detail: { digest, tag, proposal: id },
  };
  return recorded(context, entry, async (inner) => {
    const { db, actor, now } = inner;
    await lockDataset(db, datasetId);
    const held = (await findProposal(db, id))!;
    const published = await findSnapshot(db, digest);
    if (held.end?.state === 'PUBLISHED') return published!;
    requireOpen(held, 'published');
    if (published)
      throw new DomainError('CONFLICT', `proposal: its content was published meanwhile, as ${digest}.`);
    await requireRulesInForce(db, { datasetId, version: held.rulesVersion });
    await requireImagesKept(db, held.snapshot);
    await requireTermsInForce(inner, held.snapshot);
    requireRulesMet(standingFindings(held), WAY_OUT);
    const snapshot = { ...held.snapshot, state: 'PUBLISHED' as const, publishedAt: now() };
    const kept = await keepSnapshot(inner, { snapshot, files: held.files }, tag);
    await insertEnd(db, { proposal: id, state: 'PUBLISHED', principalId: actor!.principalId, at: now() });
    return kept;
  });
}
