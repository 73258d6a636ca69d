import type { Dataset } from '../../catalogue/dataset.ts';
import { may } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import { decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../../kernel/page.ts';
import type { Context } from '../../platform/context.ts';
import { JOB_KINDS, type Job, jobOf } from './job.ts';
import { type JobPlace, listOrders } from './jobs.store.ts';

const MOMENT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z$/;

const isPlace = (key: unknown): key is JobPlace => {
  const { moment, id } = (key ?? {}) as Partial<JobPlace>;
  const isMoment = typeof moment === 'string' && MOMENT.test(moment) && !Number.isNaN(Date.parse(moment));
  return isMoment && typeof id === 'string' && /^[0-9a-f-]{1,80}$/.test(id);
};

/** What was ordered of a dataset, the latest first. Renderings are for who may fetch snapshots, as each of them is. */
export async function listJobs(
  context: Context,
  dataset: Dataset,
  request: PageRequest & { open?: boolean | null },
): Promise<Page<Job>> {
  const scope = datasetScope(dataset.id);
  const mayFetch = may(context.actor, 'snapshot.fetch', scope);
  const mayCancel = may(context.actor, 'dataset.curate', scope);
  const orders = await listOrders(context.db, dataset.id, {
    kinds: JOB_KINDS.filter((kind) => kind !== 'RENDERING' || mayFetch),
    open: request.open ?? null,
    after: decodeCursor(request, isPlace),
    limit: pageSize(request) + 1,
  });
  return toPage(
    orders.map((order) => jobOf(order, mayCancel)),
    request,
    ({ moment, id }) => ({ moment, id }),
  );
}
