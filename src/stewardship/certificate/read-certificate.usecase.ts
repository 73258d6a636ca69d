import { visibleDataset } from '../../catalogue/dataset.store.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Context } from '../../platform/context.ts';
import type { Snapshot } from '../../snapshots/snapshot.ts';
import type { SnapshotHeader } from '../../snapshots/snapshot-header.ts';
import { knownSnapshot } from '../../snapshots/snapshots.store.ts';
import type { FrozenSplit } from '../../splits/split.ts';
import { findSplit } from '../../splits/splits.store.ts';

/** The split that is to be certified, with its dataset. A draft has nothing to certify: it may still change. */
export async function certifiedSplit(
  context: Context,
  slug: string,
  name: string,
): Promise<{ dataset: Dataset; split: FrozenSplit }> {
  const dataset = await visibleDataset(context, slug);
  const split = await findSplit(context.db, dataset.id, name);
  if (!split) throw new DomainError('NOT_FOUND', `name: ${slug} has no split "${name}".`);
  if (split.state !== 'FROZEN')
    throw new DomainError('NOT_FROZEN', `name: "${name}" is a draft and may still change; freeze it first.`);
  return { dataset, split };
}

/** The same of a snapshot that carries the split. */
export async function certifiedSplitOfSnapshot(
  context: Context,
  digest: string,
  name: string,
): Promise<{ snapshot: Snapshot; split: FrozenSplit }> {
  const snapshot = await knownSnapshot(context, digest);
  return { snapshot, split: await carriedSplit(context, snapshot, name) };
}

export async function carriedSplit(
  context: Context,
  { datasetId, header }: Pick<Snapshot, 'datasetId' | 'header'>,
  name: string,
): Promise<FrozenSplit> {
  const names = Object.keys((JSON.parse(header) as SnapshotHeader).splits);
  const split = names.includes(name) ? await findSplit(context.db, datasetId, name) : null;
  if (split?.state === 'FROZEN') return split;
  throw new DomainError(
    'NOT_FOUND',
    `split: the snapshot carries ${names.join(', ') || 'no split'}, not "${name}".`,
  );
}
