import { requireMay } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import {
  CURSOR_KEYS,
  decodeCursor,
  type Page,
  type PageRequest,
  pageSize,
  toPage,
} from '../../kernel/page.ts';
import type { Context } from '../../platform/context.ts';
import {
  type Consumer,
  listConsumers,
  listNotices,
  listRunsOn,
  type Notice,
  snapshotsReached,
} from './consumers.store.ts';

/** Who fetched of a snapshot. */
export async function readConsumers(
  context: Context,
  { datasetId, digest }: { readonly datasetId: string; readonly digest: string },
  request: PageRequest,
): Promise<Page<Consumer>> {
  requireMay(context, 'consumers.read', datasetScope(datasetId));
  return consumersOf(context, [digest], request);
}

/** Who fetched of the snapshots that a withdrawal reached: who must be told. */
export async function readAffectedConsumers(
  context: Context,
  { datasetId, id }: { readonly datasetId: string; readonly id: string },
  request: PageRequest,
): Promise<Page<Consumer>> {
  requireMay(context, 'consumers.read', datasetScope(datasetId));
  return consumersOf(context, await snapshotsReached(context.db, id), request);
}

async function consumersOf(
  { db }: Context,
  snapshots: readonly string[],
  request: PageRequest,
): Promise<Page<Consumer>> {
  const after = decodeCursor(request, isConsumerKey);
  const rows = await listConsumers(db, snapshots, after, pageSize(request) + 1);
  return toPage(rows, request, ({ principal, snapshot }) => ({ principal, snapshot }));
}

/** Ids of the training runs that were reported on the snapshots that a withdrawal reached. */
export async function readAffectedRuns(
  { db }: Context,
  { id }: { readonly id: string },
  request: PageRequest,
): Promise<Page<{ readonly rowId: string; readonly id: string }>> {
  const after = decodeCursor(request, CURSOR_KEYS.rowId);
  const rows = await listRunsOn(db, await snapshotsReached(db, id), after, pageSize(request) + 1);
  return toPage(rows, request, ({ rowId }) => rowId);
}

/** What whoever asks is to be told of what it fetched. */
export async function readNotices(context: Context, request: PageRequest): Promise<Page<Notice>> {
  const before = decodeCursor(request, isNoticeKey);
  const rows = await listNotices(context.db, context.actor!, before, pageSize(request) + 1);
  return toPage(rows, request, ({ at, snapshot }) => ({ at: at.toISOString(), snapshot }));
}

function isConsumerKey(key: unknown): key is { principal: string; snapshot: string } {
  const { principal, snapshot } = (key ?? {}) as Record<string, unknown>;
  return CURSOR_KEYS.text(principal) && CURSOR_KEYS.text(snapshot);
}

function isNoticeKey(key: unknown): key is { at: string; snapshot: string } {
  const { at, snapshot } = (key ?? {}) as Record<string, unknown>;
  return typeof at === 'string' && !Number.isNaN(Date.parse(at)) && CURSOR_KEYS.text(snapshot);
}
