import { randomUUID } from 'node:crypto';
import { visibleDatasetById } from '../../catalogue/dataset.store.ts';
import { findActorOfPrincipal } from '../../governance/principals.store.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Context, Services } from '../../platform/context.ts';
import { workOnOrdered } from '../../platform/ordered-work.ts';
import type { SnapshotHeader } from '../../snapshots/snapshot-header.ts';
import { findSnapshot } from '../../snapshots/snapshots.store.ts';
import type { Reporter } from '../publication/evidence.ts';
import { makeProposal } from '../publication/make-proposal.store.ts';
import { successorMessage } from './successor.ts';
import {
  countKept,
  findSuccessorOrder,
  nameProposal,
  type SuccessorOrder,
  updateSuccessor,
} from './successors.store.ts';
import { SUCCESSOR_QUEUE } from './withdrawal.ts';

/** Proposes successors of degraded snapshots, one after the other, for as long as the server runs. */
export function workOnSuccessors(services: Services, reporterOf: (context: Context) => Reporter): void {
  workOnOrdered<SuccessorOrder>(services, {
    queue: SUCCESSOR_QUEUE,
    noun: 'successor',
    find: findSuccessorOrder,
    update: updateSuccessor,
    make: (within, order) => proposeSuccessor(within, order, reporterOf),
  });
}

/**
 * Proposes what is kept now, with the splits of the degraded snapshot and it as the parent, in the name of whoever withdrew: another has
 * to review it. They need not be among those who may publish, for a proposal publishes nothing.
 */
export async function proposeSuccessor(
  services: Services,
  order: SuccessorOrder,
  reporterOf: (context: Context) => Reporter,
): Promise<void> {
  const { parent, datasetId, withdrawal } = order;
  const context = await inTheNameOf(services, order.principalId);
  const dataset = await visibleDatasetById(context, datasetId);
  if ((await countKept(services.db, datasetId)) === 0)
    throw new DomainError('CONFLICT', `No image of ${dataset.slug} is left: ${parent} has no successor.`);
  const { header } = (await findSnapshot(services.db, parent))!;
  const { splits, consensus = [] } = JSON.parse(header) as SnapshotHeader;
  const carried = { splits: Object.keys(splits), consensuses: consensus.map(({ name }) => name) };
  const message = successorMessage({ parent, withdrawal, ...carried });
  const wish = { splits: carried.splits, consensuses: [], tag: null, parent, message };
  const proposal = await makeProposal(context, dataset, wish, reporterOf(context));
  await nameProposal(services.db, order.id, proposal.id);
}

async function inTheNameOf(services: Services, principalId: string): Promise<Context> {
  return {
    ...services,
    actor: await findActorOfPrincipal(services.db, principalId, ['READ', 'WRITE'], services.now()),
    origin: services.publicUrl ?? 'http://localhost',
    requestId: randomUUID(),
    decisions: new Set(),
  };
}
