import { randomUUID } from 'node:crypto';
import { lockDataset } from '../../catalogue/dataset.store.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import { recorded } from '../../governance/audit.store.ts';
import { datasetScope } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/errors.ts';
import { holdMadeBlobs } from '../../platform/blob-lock.ts';
import type { Context } from '../../platform/context.ts';
import { makeSnapshot, type SnapshotWish } from '../../snapshots/make-snapshot.store.ts';
import { findSnapshot, findTag } from '../../snapshots/snapshots.store.ts';
import { checkSnapshot } from './evidence.store.ts';
import type { Reporter } from './evidence.ts';
import { requireImagesKept, requireRulesInForce } from './fresh-snapshot.store.ts';
import type { Proposal } from './proposal.ts';
import { findOpenProposal, findProposal, insertProposal } from './proposals.store.ts';
import { discardingRefused } from './refused-snapshot.store.ts';
import { currentRules } from './rules.store.ts';

/**
 * Makes a snapshot of the kept images as of the current revision, holds it against the rules, and keeps both for review, in the name of
 * whoever asks; whether they may is the caller's to judge. Its bytes and its digest are those that will be published; until then nobody
 * can fetch it. Asked for the same again, the proposer is given the proposal that is open.
 */
export async function makeProposal(
  context: Context,
  dataset: Dataset,
  wish: SnapshotWish & { readonly message: string },
  reporter: Reporter,
): Promise<Proposal> {
  const { id: datasetId } = dataset;
  const message = wish.message.trim();
  if (message === '') throw new DomainError('BAD_INPUT', 'message: say what the reviewers should know.');
  const rules = await currentRules(context.db, datasetId);
  const made = await makeSnapshot(context, dataset, wish);
  const { snapshot, files } = made;
  const checked = await checkSnapshot(context, dataset, made, rules.rules, reporter);
  const entry = {
    action: 'proposal.make',
    subject: datasetScope(datasetId),
    detail: { digest: snapshot.digest, tag: wish.tag, rules: rules.version },
  };
  return discardingRefused(context, files, () =>
    recorded(
      context,
      entry,
      async ({ db, actor, now }) => {
        await lockDataset(db, datasetId);
        await requireRulesInForce(db, rules);
        await requireImagesKept(db, snapshot);
        if (await findSnapshot(db, snapshot.digest))
          throw new DomainError('CONFLICT', `This very content is published already, as ${snapshot.digest}.`);
        await requireFreeTag(db, datasetId, wish.tag);
        const held = await findOpenProposal(db, datasetId, snapshot.digest);
        const { principalId: proposerId } = actor!;
        if (held?.proposerId === proposerId && held.tag === wish.tag && held.rulesVersion === rules.version)
          return held;
        if (held) throw anotherIsOpen(held);
        const id = randomUUID();
        await holdMadeBlobs({ db, blobs: context.blobs }, files);
        await insertProposal(db, {
          ...{ id, datasetId, snapshot, files, checked, message, proposerId },
          ...{ tag: wish.tag, rulesVersion: rules.version, proposedAt: now() },
        });
        return (await findProposal(db, id))!;
      },
      ({ id }) => ({ proposal: id }),
    ),
  );
}

async function requireFreeTag(db: Context['db'], datasetId: string, tag: string | null): Promise<void> {
  const named = tag === null ? null : await findTag(db, datasetId, tag);
  if (named !== null)
    throw new DomainError(
      'CONFLICT',
      `tag: "${tag}" names ${named} already and tags do not move; choose another.`,
    );
}

function anotherIsOpen({ id, proposer, rulesVersion }: Proposal): DomainError {
  return new DomainError(
    'CONFLICT',
    `${proposer} proposed this very content already under version ${rulesVersion} of the rules: proposal ${id}; have it reviewed, or withdraw it first.`,
  );
}
