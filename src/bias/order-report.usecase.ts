import { visibleObject } from '../catalogue/dataset.store.ts';
import { recorded } from '../governance/audit.store.ts';
import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import type { Context, Services } from '../platform/context.ts';
import { sendOrder, workOnOrdered } from '../platform/ordered-work.ts';
import type { ReportOrder } from './report-order.ts';
import { findOrder, insertOrder, updateOrder } from './report-orders.store.ts';
import type { ReportRequest } from './report-request.ts';

const QUEUE = 'bias-report';

/** Asks for a report without waiting for it: a job makes it, unless it is kept already. */
export async function orderReport(context: Context, request: ReportRequest): Promise<ReportOrder> {
  requireMay(context, 'dataset.read', datasetScope(request.datasetId));
  const entry = {
    action: 'report.order',
    subject: datasetScope(request.datasetId),
    detail: { kind: request.kind, revision: request.revision },
  };
  return recorded(context, entry, async ({ db, actor, now, jobs }) => {
    const order = await insertOrder(db, request, { principalId: actor!.principalId, now: now() });
    await sendOrder({ db, jobs }, QUEUE, order.id);
    return order;
  });
}

export async function readOrder(context: Context, id: string): Promise<ReportOrder> {
  return visibleObject(
    context,
    await findOrder(context.db, id),
    `id: no order "${id}" is known to this token.`,
  );
}

/** How reports are made: hears of its progress. */
export type ReportMaker = (
  services: Services,
  requests: readonly ReportRequest[],
  progress: (done: number, total: number) => void,
) => Promise<unknown>;

/** Makes the reports that are ordered, one after the other, for as long as the server runs. */
export function workOnOrders(services: Services, make: ReportMaker): void {
  workOnOrdered(services, {
    queue: QUEUE,
    noun: 'report',
    find: findOrder,
    update: updateOrder,
    make: (within, { request }, progress) => make(within, [request], progress),
  });
}
