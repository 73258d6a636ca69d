import { listFactors } from '../acquisition/acquisition.store.ts';
import { requireConsentToPublish } from '../acquisition/consent/require-consent.store.ts';
import { type Dataset, revisionAsked } from '../catalogue/dataset.ts';
import { listLabelClasses } from '../catalogue/label-schema.store.ts';
import { findConsensusNamed } from '../consensus/consensus.store.ts';
import type { Consensus } from '../consensus/consensus.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import type { FrozenSplit } from '../splits/split.ts';
import { findSplit } from '../splits/splits.store.ts';
import type { Snapshot } from './snapshot.ts';
import { snapshotDigest, snapshotHeader } from './snapshot-header.ts';
import { findSnapshot, type SnapshotFile } from './snapshots.store.ts';
import { type Carried, type WrittenShards, writeShards } from './write-shards.store.ts';

/** What shall be in a snapshot. */
export interface SnapshotWish {
  readonly splits: readonly string[];
  /** Ids, or names for the latest of each. */
  readonly consensuses: readonly string[];
  /** A name for the digest, which never moves. */
  readonly tag: string | null;
  /** Digest of the snapshot that this one succeeds, if the publisher says so; it is part of the content. */
  readonly parent: string | null;
}

/** A snapshot whose bytes are kept, and of which nobody knows yet. */
export interface MadeSnapshot extends Carried {
  readonly snapshot: Snapshot;
  readonly files: readonly SnapshotFile[];
}

/**
 * Makes a snapshot of the kept images as of the current revision: its shards are written to the blob store, a page of
 * images in memory at a time, and its header commits to them. Nothing can be fetched before it is kept.
 */
export async function makeSnapshot(
  context: Context,
  dataset: Dataset,
  wish: SnapshotWish,
): Promise<MadeSnapshot> {
  if (wish.tag !== null && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(wish.tag)) {
    throw new DomainError('BAD_INPUT', `tag: "${wish.tag}" must be 1–63 letters, digits, ".", "_", "-".`);
  }
  await requireParent(context, dataset, wish.parent);
  const splits = await Promise.all(wish.splits.map((name) => frozenSplit(context, dataset, name)));
  const at = { datasetId: dataset.id, asOf: revisionAsked(dataset, null) };
  await requireConsentToPublish(context, { ...at, slug: dataset.slug });
  const consensuses = await Promise.all(
    wish.consensuses.map((name) => currentConsensus(context, dataset, at.asOf, name)),
  );
  requireDistinctNames(consensuses);
  const carried = { splits, consensuses };
  const written = await writeShards(context, dataset, at, carried);
  const snapshot = await describeSnapshot(context, dataset, at, carried, wish.parent, written);
  return { ...carried, snapshot, files: written.files };
}

async function requireParent(context: Context, dataset: Dataset, parent: string | null): Promise<void> {
  if (parent === null) return;
  const held = await findSnapshot(context.db, parent);
  if (held?.datasetId !== dataset.id)
    throw new DomainError('NOT_FOUND', `parent: ${dataset.slug} has no snapshot ${parent}.`);
}

async function frozenSplit(context: Context, dataset: Dataset, name: string): Promise<FrozenSplit> {
  const split = await findSplit(context.db, dataset.id, name);
  if (!split) throw new DomainError('NOT_FOUND', `splits: ${dataset.slug} has no split "${name}".`);
  if (split.state !== 'FROZEN')
    throw new DomainError('NOT_FROZEN', `splits: "${name}" is a draft; freeze it first.`);
  return split;
}

/** Only a consensus of the revision that is published speaks of the same ratings and the same images. */
async function currentConsensus(
  context: Context,
  dataset: Dataset,
  revision: number,
  name: string,
): Promise<Consensus> {
  const held = await findConsensusNamed(context.db, dataset.id, name);
  if (!held) throw new DomainError('NOT_FOUND', `consensuses: ${dataset.slug} has no consensus "${name}".`);
  if (held.request.revision !== revision)
    throw new DomainError(
      'CONFLICT',
      `consensuses: "${name}" was made of revision ${held.request.revision}, and ${dataset.slug} stands at ${revision}; order it again.`,
    );
  return held;
}

function requireDistinctNames(consensuses: readonly Consensus[]): void {
  const names = consensuses.map(({ request }) => request.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new DomainError('BAD_INPUT', `consensuses: two are called "${twice}"; give each another name.`);
}

/** The header that commits to what was written, and so the digest. */
async function describeSnapshot(
  context: Context,
  dataset: Dataset,
  at: { datasetId: string; asOf: number },
  { splits, consensuses }: Carried,
  parent: string | null,
  written: WrittenShards,
): Promise<Snapshot> {
  const classes = await listLabelClasses(context.db, at);
  const factors = await listFactors(context.db, at);
  const { images, root, parts } = written;
  const size = images.bytes + images.reference;
  const header = snapshotHeader({
    classes: classes.map(({ name, iri }) => ({ name, iri: iri ?? undefined })),
    consensus: consensuses.map(({ request, inputDigest, digest }) => ({
      name: request.name,
      method: request.method,
      parameters: request.parameters,
      annotators: request.annotators,
      engine: request.engine,
      input: inputDigest,
      digest,
    })),
    dataset: dataset.slug,
    factors: factors.map(({ name, kind, unit }) => ({ name, kind, unit: unit ?? undefined })),
    images,
    license: dataset.licence,
    parent,
    root,
    sensitivity: dataset.sensitivity,
    size,
    splits: Object.fromEntries(
      splits.map(({ name, digest, strategy, seed }) => [
        name,
        { digest, strategy, seed, counts: parts[name]! },
      ]),
    ),
    title: dataset.title,
    unit: dataset.unit,
  });
  return {
    digest: snapshotDigest(header),
    datasetId: dataset.id,
    revision: at.asOf,
    header,
    imageCount: size,
    referenceCount: images.reference,
    annotationCount: written.annotations,
    state: 'PUBLISHED',
    publishedAt: context.now(),
  };
}
