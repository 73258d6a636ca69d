import { visibleDataset, visibleObject } from '../catalogue/dataset.store.ts';
import { revisionAsked } from '../catalogue/dataset.ts';
import { recorded } from '../governance/audit.store.ts';
import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context, Services } from '../platform/context.ts';
import { sendOrder, workOnOrdered } from '../platform/ordered-work.ts';
import { knownAnnotators } from './consensus.store.ts';
import type { ConsensusOrder, ConsensusProgress } from './consensus.ts';
import { findConsensusOrder, insertConsensusOrder, updateConsensusOrder } from './consensus-orders.store.ts';
import {
  type ConsensusMethod,
  type ConsensusParameters,
  type ConsensusRequest,
  consensusRequest,
} from './consensus-request.ts';

const QUEUE = 'consensus';

export interface OrderConsensusInput {
  readonly dataset: string;
  readonly asOf?: number | null;
  readonly name: string;
  readonly method: ConsensusMethod;
  readonly parameters: Partial<ConsensusParameters>;
  readonly annotators: readonly string[] | null;
}

/** Asks for a consensus without waiting for it: a job makes it, unless it is kept already. */
export async function orderConsensus(context: Context, input: OrderConsensusInput): Promise<ConsensusOrder> {
  const dataset = await visibleDataset(context, input.dataset);
  requireMay(context, 'dataset.curate', datasetScope(dataset.id));
  const { name, method, parameters, annotators } = input;
  const request = consensusRequest({
    datasetId: dataset.id,
    revision: revisionAsked(dataset, input.asOf),
    name,
    method,
    parameters,
    annotators,
  });
  await refuseUnknown(context, request);
  const entry = {
    action: 'consensus.order',
    subject: datasetScope(dataset.id),
    detail: { name, method, revision: request.revision },
  };
  return recorded(context, entry, async ({ db, actor, now, jobs }) => {
    const order = await insertConsensusOrder(db, request, { principalId: actor!.principalId, now: now() });
    await sendOrder({ db, jobs }, QUEUE, order.id);
    return order;
  });
}

async function refuseUnknown({ db }: Context, request: ConsensusRequest): Promise<void> {
  if (request.annotators === null) return;
  const known = new Set(await knownAnnotators(db, request, request.annotators));
  const unknown = request.annotators.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw new DomainError(
      'NOT_FOUND',
      `annotators: the dataset has no ${unknown.map((name) => `"${name}"`).join(', ')} at revision ${request.revision}.`,
    );
}

export async function readConsensusOrder(context: Context, id: string): Promise<ConsensusOrder> {
  return visibleObject(
    context,
    await findConsensusOrder(context.db, id),
    `id: no order "${id}" is known to this token.`,
  );
}

/** Stops the work on an order; one that has ended stays as it is. */
export async function cancelConsensus(context: Context, id: string): Promise<ConsensusOrder> {
  const order = await readConsensusOrder(context, id);
  requireMay(context, 'dataset.curate', datasetScope(order.datasetId));
  const entry = { action: 'consensus.cancel', subject: datasetScope(order.datasetId), detail: { order: id } };
  return recorded(context, entry, async ({ db, now }) => {
    await updateConsensusOrder(db, id, { state: 'CANCELLED', finishedAt: now() });
    return (await findConsensusOrder(db, id))!;
  });
}

/** How a consensus is made. */
export type ConsensusMaker = (
  services: Services,
  request: ConsensusRequest,
  progress: ConsensusProgress,
) => Promise<unknown>;

/** Makes what is ordered, one after the other, for as long as the server runs. */
export function workOnConsensusOrders(services: Services, make: ConsensusMaker): void {
  workOnOrdered(services, {
    queue: QUEUE,
    noun: 'consensus',
    find: findConsensusOrder,
    update: updateConsensusOrder,
    make: (within, { request }, progress) => make(within, request, progress),
  });
}
