import { randomUUID } from 'node:crypto';
import { appendAuditEvent } from '../../governance/audit.store.ts';
import { datasetScope } from '../../kernel/actor.ts';
import { holdMadeBlobs } from '../../platform/blob-lock.ts';
import type { Context, Services } from '../../platform/context.ts';
import { sendOrder } from '../../platform/ordered-work.ts';
import { destroyStrays, destroyUnreferenced } from '../../renderings/unreferenced-blobs.store.ts';
import { type ErasedLine, eraseLines } from '../../snapshots/erase-lines.store.ts';
import { shardCount } from '../../snapshots/shards.ts';
import type { SnapshotFile } from '../../snapshots/snapshots.store.ts';
import { insertDeliveries } from '../consumers/webhooks.store.ts';
import { type DueView, filesBefore, insertView, listViews, shardsOfReached } from './degraded-views.store.ts';
import { listSuccessors } from './successors.store.ts';
import { type DestructionOrder, SUCCESSOR_QUEUE, WITHDRAWAL_QUEUE } from './withdrawal.ts';
import { findWithdrawal, insertCompletion, withdrawnIds } from './withdrawals.store.ts';

/** Destroys what withdrawals left to destroy, one after the other, for as long as the server runs. */
export function workOnWithdrawals(services: Services): void {
  services.jobs.work<DestructionOrder>(WITHDRAWAL_QUEUE, (order) => destroyWithdrawn(services, order));
}

/**
 * Writes the views of the snapshots without the withdrawn lines, then destroys every byte that nothing refers to any more, named or not. Each step is
 * found done by who begins again; only the last says that nothing is left.
 */
export async function destroyWithdrawn(services: Services, order: DestructionOrder): Promise<void> {
  const { db, blobs, now } = services;
  const withdrawal = await findWithdrawal(db, order.withdrawal);
  if (withdrawal === null || withdrawal.completedAt !== null) return;
  const views = await listViews(db, withdrawal.id);
  for (const view of views.filter(({ isMade }) => !isMade)) await makeView(services, view);
  const named = [...order.digests, ...(await shardsOfReached(db, withdrawal.id))];
  const destroyed = (await destroyUnreferenced(services, named)) + (await destroyStrays(services));
  await blobs.clearLeftBehind();
  const counts = {
    snapshots: new Set(views.map(({ snapshot }) => snapshot)).size,
    renderings: order.renderings,
    blobs: destroyed,
  };
  await db.transaction(async (inner) => {
    await insertCompletion(inner, withdrawal.id, counts, now());
    await insertDeliveries(inner, withdrawal, now());
    for (const { id } of await listSuccessors(inner, [withdrawal.id]))
      await sendOrder({ db: inner, jobs: services.jobs }, SUCCESSOR_QUEUE, id);
    const entry = {
      action: 'images.destroy',
      subject: datasetScope(withdrawal.datasetId),
      detail: { withdrawal: withdrawal.id, ...counts },
    };
    await appendAuditEvent(ownContext(services, inner), entry, 'SUCCEEDED');
  });
}

async function makeView({ db, blobs }: Services, view: DueView): Promise<void> {
  const images = new Set(await withdrawnIds(db, view.withdrawalId));
  const date = view.at.toISOString().slice(0, 10);
  const before = await filesBefore(db, view);
  const digestOf = (name: string) => before.get(name)!;
  const files: SnapshotFile[] = [];
  const erased: ErasedLine[] = [];
  for (let number = 0; number < shardCount(view.size); number++) {
    const made = await eraseLines(blobs, { number, digestOf }, images, date);
    files.push(...made.files);
    erased.push(...made.erased);
  }
  await db.transaction(async (inner) => {
    await holdMadeBlobs({ db: inner, blobs }, files);
    await insertView(inner, view, { files, erased });
  });
}

function ownContext(services: Services, db: Context['db']): Context {
  return {
    ...services,
    db,
    actor: null,
    origin: services.publicUrl ?? 'http://localhost',
    requestId: randomUUID(),
    decisions: new Set(),
  };
}
