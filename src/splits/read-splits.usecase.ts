import { visibleObject } from '../catalogue/dataset.store.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { DomainError } from '../kernel/errors.ts';
import { CURSOR_KEYS, decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import type { Split } from './split.ts';
import { type SplitExport, splitExport } from './split-export.ts';
import type { SplitAssignment } from './split-strategy.ts';
import {
  type Assigned,
  findSplit,
  findSplitById,
  listAssignments,
  listSplitRows,
  listSubjects,
} from './splits.store.ts';

export async function listSplits(
  context: Context,
  dataset: Dataset,
  request: PageRequest,
): Promise<Page<Split>> {
  const rows = await listSplitRows(
    context.db,
    dataset.id,
    decodeCursor(request, CURSOR_KEYS.text),
    pageSize(request) + 1,
  );
  return toPage(rows, request, ({ name }) => name);
}

export async function readSplit(context: Context, dataset: Dataset, name: string): Promise<Split | null> {
  return findSplit(context.db, dataset.id, name);
}

export async function readSplitById(context: Context, id: string): Promise<Split> {
  return visibleObject(
    context,
    await findSplitById(context.db, id),
    `id: no split "${id}" is known to this token.`,
  );
}

export async function readAssignments(
  context: Context,
  split: Split,
  request: PageRequest & { part?: string | null },
): Promise<Page<Assigned>> {
  const filter = {
    part: request.part ?? null,
    after: decodeCursor(request, CURSOR_KEYS.id),
    limit: pageSize(request) + 1,
  };
  return toPage(await listAssignments(context.db, split, filter), request, ({ image }) => image);
}

const EVERYTHING = 2_147_483_647;

/** The whole split with what its algorithm read, for `docs/recompute_split.py`. */
export async function exportSplit(context: Context, dataset: Dataset, name: string): Promise<SplitExport> {
  const split = await findSplit(context.db, dataset.id, name);
  if (!split) throw new DomainError('NOT_FOUND', `name: the dataset has no split "${name}".`);
  const subjects = await listSubjects(context.db, { datasetId: dataset.id, asOf: split.revision }, split);
  const rows: SplitAssignment = await listAssignments(context.db, split, {
    part: null,
    after: null,
    limit: EVERYTHING,
  });
  return splitExport(
    split,
    subjects,
    rows.map(({ image, part }) => ({ image, part })),
  );
}
