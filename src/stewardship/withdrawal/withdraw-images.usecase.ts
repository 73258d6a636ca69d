import { randomUUID } from 'node:crypto';
import { visibleDataset } from '../../catalogue/dataset.store.ts';
import { revise } from '../../catalogue/revise.store.ts';
import { requireMay } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Context } from '../../platform/context.ts';
import { insertEnd } from '../publication/proposals.store.ts';
import { openViews } from './degraded-views.store.ts';
import { eraseImages, forgetRenderings, forgetReports, wordsOf } from './erase-images.store.ts';
import { successorsDue } from './successor.ts';
import { insertSuccessors, listCandidates, parentsOfProposals } from './successors.store.ts';
import {
  checkWithdrawal,
  type DestructionOrder,
  WITHDRAWAL_QUEUE,
  type Withdrawal,
  type WithdrawalInput,
  type WithdrawalReach,
  type WithdrawalReason,
} from './withdrawal.ts';
import {
  type FormerImage,
  imagesMeant,
  proposalsHolding,
  reachOf,
  snapshotsHolding,
} from './withdrawal-reach.store.ts';
import { findWithdrawal, insertWithdrawal } from './withdrawals.store.ts';

/** So many are named with a refusal. */
const MOST_NAMED = 100;

/** What a withdrawal would reach, for whoever is asked whether they are sure. */
export async function previewWithdrawal(context: Context, input: WithdrawalInput): Promise<WithdrawalReach> {
  const dataset = await visibleDataset(context, input.dataset);
  requireMay(context, 'image.withdraw', datasetScope(dataset.id));
  checkWithdrawal(input);
  const { ids, former } = await meant(context, dataset.id, input);
  const reach = await reachOf(context.db, dataset.id, ids);
  return { ...reach, formerImages: former.map(({ name }) => name) };
}

/**
 * Takes images back (law 9, formats.md §7.4). In one transaction they are on the record, their rows erased at every revision, the snapshots
 * that hold them degraded and handed out no more; a job then destroys their lines and bytes, and is begun again until it is done.
 */
export async function withdrawImages(
  context: Context,
  input: WithdrawalInput & { readonly reason: WithdrawalReason },
): Promise<Withdrawal> {
  const dataset = await visibleDataset(context, input.dataset);
  requireMay(context, 'image.withdraw', datasetScope(dataset.id));
  checkWithdrawal(input);
  const { ids: images, former } = await meant(context, dataset.id, input);
  if (input.formerImages === null && former.length > 0) throw undecided(former);
  if (images.length === 0)
    throw new DomainError(
      'NOT_FOUND',
      `The withdrawal is refused: no image of ${input.dataset} is of such a subject now.`,
    );
  const id = randomUUID();
  const request = {
    dataset: input.dataset,
    action: 'image.withdraw',
    verb: 'images.withdraw',
    summary: `withdrawal of ${images.length} images`,
    detail: { withdrawal: id, images: images.length, reason: input.reason },
  } as const;
  await revise(context, request, async ({ db, jobs, now, actor }, { datasetId, revision }) => {
    const snapshots = await snapshotsHolding(db, datasetId, images);
    const stale = await proposalsHolding(db, datasetId, images);
    const words = await wordsOf(db, datasetId, images);
    const record = {
      id,
      datasetId,
      scope: input.subject === null ? ('IMAGES' as const) : ('SUBJECT' as const),
      reason: input.reason,
      principalId: actor?.principalId ?? null,
      revision,
      keepsDigests: dataset.sensitivity === 'NONE',
    };
    await insertWithdrawal(db, record, images, now());
    await openViews(db, snapshots, id);
    const ended = stale.filter(({ isOpen }) => isOpen).map(({ id: proposal }) => proposal);
    for (const proposal of ended)
      await insertEnd(db, { proposal, state: 'WITHDRAWN', principalId: actor!.principalId, at: now() });
    const bereft = [...snapshots, ...(await parentsOfProposals(db, ended))];
    await insertSuccessors(db, id, successorsDue(await listCandidates(db, datasetId), bereft));
    const digests = await eraseImages(db, datasetId, images);
    await forgetReports(db, datasetId, words);
    const forms = await forgetRenderings(db, snapshots);
    const order: DestructionOrder = {
      withdrawal: id,
      digests: [...new Set([...digests, ...stale.flatMap(({ files }) => files), ...forms.digests])],
      renderings: forms.count,
    };
    await jobs.send(db, WITHDRAWAL_QUEUE, id, order);
    return { changed: true, result: null };
  });
  return (await findWithdrawal(context.db, id))!;
}

/** The images that are withdrawn, and those of the subject by an earlier record alone, whether they are or not. */
async function meant({ db }: Context, datasetId: string, input: WithdrawalInput) {
  const { ids, former, unknown } = await imagesMeant(db, datasetId, input);
  if (unknown.length > 0)
    throw new DomainError(
      'NOT_FOUND',
      `The withdrawal is refused: ${input.dataset} holds no ${input.subject === null ? 'such images' : 'image of such a subject'}.`,
      unknown.slice(0, MOST_NAMED).map((name) => ({
        path: [input.subject === null ? 'images' : 'subject'],
        code: 'NOT_FOUND',
        message: `"${name}" is not there, or was withdrawn before.`,
      })),
    );
  if (input.formerImages !== 'WITHDRAW') return { ids, former };
  return { ids: [...ids, ...former.map(({ id }) => id)].sort(), former };
}

/** Nobody leaves an image of the subject behind, or destroys one of another, without having said so. */
function undecided(former: readonly FormerImage[]): DomainError {
  return new DomainError(
    'CONFLICT',
    `The withdrawal is refused: ${former.length} images are of the subject by an earlier record alone, which was corrected since. Say formerImages: WITHDRAW or LEAVE.`,
    former.slice(0, MOST_NAMED).map(({ name }) => ({
      path: ['formerImages'],
      code: 'CONFLICT',
      message: `"${name}" was recorded as of the subject, and is not now.`,
    })),
  );
}
