import { setTimeout as sleep } from 'node:timers/promises';
import { visibleDatasetById } from '../catalogue/dataset.store.ts';
import { recorded } from '../governance/audit.store.ts';
import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context, Services } from '../platform/context.ts';
import type { ReportOrder } from './report-order.ts';
import { findOrder, insertOrder, updateOrder } from './report-orders.store.ts';
import type { ReportRequest } from './report-request.ts';

const QUEUE = 'bias-report';
/** A report that could not be made so often will not be made by trying again. */
const MOST_ATTEMPTS = 3;
const PROGRESS_MILLISECONDS = 500;

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
    await jobs.send(db, QUEUE, order.id, { order: order.id });
    return order;
  });
}

export async function readOrder(context: Context, id: string): Promise<ReportOrder> {
  const order = await findOrder(context.db, id);
  await visibleDatasetById(context, order?.datasetId ?? 'none');
  if (!order) throw new DomainError('NOT_FOUND', `id: no order "${id}" is known to this token.`);
  return order;
}

/** How reports are made: hears of its progress. */
export type ReportMaker = (
  services: Services,
  requests: readonly ReportRequest[],
  progress: (done: number, total: number) => void,
) => Promise<unknown>;

/** Makes the reports that are ordered, one after the other, for as long as the server runs. */
export function workOnOrders(services: Services, make: ReportMaker): void {
  services.jobs.work<{ order: string }>(QUEUE, async ({ order: id }, attempt) => {
    const order = await findOrder(services.db, id);
    if (order !== null) await workOn(services, make, order, attempt);
  });
}

async function workOn(
  services: Services,
  make: ReportMaker,
  order: ReportOrder,
  attempt: number,
): Promise<void> {
  const { db, now, log } = services;
  const progress = savedProgress(services, order.id);
  try {
    await updateOrder(db, order.id, { state: 'RUNNING' });
    await make(services, [order.request], progress.hear);
    await progress.end();
    await updateOrder(db, order.id, { state: 'DONE', finishedAt: now() });
  } catch (error) {
    await progress.end();
    if (attempt < MOST_ATTEMPTS) throw error;
    log.error({ err: error, order: order.id }, 'a report could not be made');
    const fault =
      error instanceof DomainError ? error.message : 'The report could not be made; see the server’s log.';
    await updateOrder(db, order.id, { state: 'FAILED', fault, finishedAt: now() });
  }
}

/** Writes down how far a report is, at most twice a second. */
function savedProgress({ db }: Services, id: string) {
  let latest: { done: number; total: number } | null = null;
  let ended = false;
  const save = async () => {
    if (latest === null) return;
    const reached = latest;
    latest = null;
    await updateOrder(db, id, { state: 'RUNNING', ...reached });
  };
  const saving = (async () => {
    while (!ended) {
      await sleep(PROGRESS_MILLISECONDS, null, { ref: false });
      await save();
    }
  })();
  return {
    hear: (done: number, total: number) => {
      latest = { done, total };
    },
    async end() {
      ended = true;
      await saving;
      await save();
    },
  };
}
