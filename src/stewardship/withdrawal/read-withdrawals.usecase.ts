import { visibleObject } from '../../catalogue/dataset.store.ts';
import {
  CURSOR_KEYS,
  decodeCursor,
  type Page,
  type PageRequest,
  pageSize,
  toPage,
} from '../../kernel/page.ts';
import type { Context } from '../../platform/context.ts';
import { listDegraded } from './degraded-views.store.ts';
import type { Successor } from './successor.ts';
import { listSuccessors } from './successors.store.ts';
import type { Withdrawal } from './withdrawal.ts';
import {
  countViews,
  findWithdrawal,
  listMissing,
  listWithdrawals,
  type MissingImage,
} from './withdrawals.store.ts';

export async function readWithdrawal(context: Context, id: string): Promise<Withdrawal> {
  return visibleObject(
    context,
    await findWithdrawal(context.db, id),
    `id: no withdrawal "${id}" is known to this token.`,
  );
}

/** What was withdrawn from a dataset, the latest first. */
export async function readWithdrawals(
  context: Context,
  datasetId: string,
  request: PageRequest,
): Promise<Page<Withdrawal>> {
  const before = decodeCursor(request, CURSOR_KEYS.number);
  const rows = await listWithdrawals(context.db, datasetId, before, pageSize(request) + 1);
  return toPage(rows, request, ({ number }) => number);
}

/** The images that a snapshot lacks, each with the withdrawal that took it. */
export async function readMissingImages(
  context: Context,
  snapshot: string,
  request: PageRequest,
): Promise<Page<MissingImage>> {
  const after = decodeCursor(request, CURSOR_KEYS.id);
  const rows = await listMissing(context.db, snapshot, after, pageSize(request) + 1);
  return toPage(rows, request, ({ imageId }) => imageId);
}

/** How often images of each snapshot were withdrawn; in the order asked. */
export async function readViews(context: Context, snapshots: readonly string[]): Promise<number[]> {
  const views = await countViews(context.db, snapshots);
  return snapshots.map((digest) => views.get(digest) ?? 0);
}

/** Digests of the snapshots that each withdrawal degraded; in the order asked. */
export async function readDegraded({ db }: Context, withdrawals: readonly string[]): Promise<string[][]> {
  const rows = await listDegraded(db, withdrawals);
  return withdrawals.map((id) =>
    rows.filter(({ withdrawalId }) => withdrawalId === id).map(({ snapshot }) => snapshot),
  );
}

/** What is proposed in the place of what each withdrawal degraded; in the order asked. */
export async function readSuccessors(
  { db }: Context,
  withdrawals: readonly string[],
): Promise<Successor[][]> {
  const rows = await listSuccessors(db, withdrawals);
  return withdrawals.map((id) => rows.filter(({ withdrawalId }) => withdrawalId === id));
}
