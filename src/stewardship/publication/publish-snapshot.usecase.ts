import { randomUUID } from 'node:crypto';
import { lockDataset, visibleDataset } from '../../catalogue/dataset.store.ts';
import { recorded } from '../../governance/audit.store.ts';
import { requireMay } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import { holdMadeBlobs } from '../../platform/blob-lock.ts';
import type { Context } from '../../platform/context.ts';
import { keepSnapshot } from '../../snapshots/keep-snapshot.store.ts';
import { makeSnapshot, type SnapshotWish } from '../../snapshots/make-snapshot.store.ts';
import type { Snapshot } from '../../snapshots/snapshot.ts';
import { findSnapshot } from '../../snapshots/snapshots.store.ts';
import { checkSnapshot } from './evidence.store.ts';
import type { Reporter } from './evidence.ts';
import { requireImagesKept, requireRulesInForce } from './fresh-snapshot.store.ts';
import { requireRulesMet, standingFindings } from './proposal.ts';
import { insertEnd, insertProposal } from './proposals.store.ts';
import { discardingRefused } from './refused-snapshot.store.ts';
import { currentRules } from './rules.store.ts';

const WAY_OUT =
  'Mend what is named and publish again, or propose the snapshot (`holotype propose`) to have it reviewed or a rule waived.';

export interface PublishInput extends SnapshotWish {
  readonly dataset: string;
}

/**
 * Publishes the kept images as of the current revision at once, where the rules of the dataset ask for nobody's word and all
 * of them are met. The snapshot appears with one transaction, or not at all; content published before only takes the tag.
 */
export async function publishSnapshot(
  context: Context,
  input: PublishInput,
  reporter: Reporter,
): Promise<Snapshot> {
  const dataset = await visibleDataset(context, input.dataset);
  requireMay(context, 'snapshot.publish', datasetScope(dataset.id));
  const rules = await currentRules(context.db, dataset.id);
  const made = await makeSnapshot(context, dataset, input);
  const { digest } = made.snapshot;
  const isPublished = (await findSnapshot(context.db, digest)) !== null;
  const checked = isPublished ? [] : await checkSnapshot(context, dataset, made, rules.rules, reporter);
  const entry = {
    action: 'snapshot.publish',
    subject: datasetScope(dataset.id),
    detail: { digest, tag: input.tag },
  };
  return discardingRefused(context, made.files, () =>
    recorded(context, entry, async (inner) => {
      const { db, actor, now } = inner;
      await lockDataset(db, dataset.id);
      if (await findSnapshot(db, digest)) return keepSnapshot(inner, made, input.tag);
      await requireRulesInForce(db, rules);
      await requireImagesKept(db, made.snapshot);
      requireRulesMet(standingFindings({ checked, reviews: [], waivers: [] }), WAY_OUT);
      await holdMadeBlobs(inner, made.files);
      const published = await keepSnapshot(inner, made, input.tag);
      const { principalId } = actor!;
      const id = randomUUID();
      await insertProposal(db, {
        ...{ id, datasetId: dataset.id, snapshot: made.snapshot, files: made.files, checked },
        ...{ tag: input.tag, message: null, rulesVersion: rules.version },
        ...{ proposerId: principalId, proposedAt: now() },
      });
      await insertEnd(db, { proposal: id, state: 'PUBLISHED', principalId, at: now() });
      return published;
    }),
  );
}
