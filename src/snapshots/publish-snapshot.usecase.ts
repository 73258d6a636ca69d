import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { listFactors } from '../acquisition/acquisition.store.ts';
import { type Annotator, listAnnotators, listRounds } from '../annotation/annotation.store.ts';
import { lockDataset, visibleDataset } from '../catalogue/dataset.store.ts';
import { type Dataset, revisionAsked } from '../catalogue/dataset.ts';
import { listLabelClasses } from '../catalogue/label-schema.store.ts';
import { recorded } from '../governance/audit.store.ts';
import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import { leafHash, MerkleAccumulator } from '../kernel/merkle.ts';
import type { StoredBlob } from '../platform/blob-store.ts';
import type { Context } from '../platform/context.ts';
import type { FrozenSplit } from '../splits/split.ts';
import { findSplit } from '../splits/splits.store.ts';
import type { AnnotationEntry } from './annotation-document.ts';
import { type ImageLines, imageDocuments } from './image-documents.ts';
import { SHARD_KINDS, SHARD_LINES, type ShardKind, shardName } from './shards.ts';
import type { Snapshot } from './snapshot.ts';
import { snapshotDigest, snapshotHeader } from './snapshot-header.ts';
import {
  claimTag,
  findSnapshot,
  insertSnapshot,
  type PublishedImage,
  pagesOfImages,
  type SnapshotFile,
} from './snapshots.store.ts';

export interface PublishInput {
  readonly dataset: string;
  readonly splits: readonly string[];
  readonly tag: string | null;
  /** Digest of the snapshot that this one succeeds, if the publisher says so; it is part of the content. */
  readonly parent: string | null;
}

/**
 * Publishes the kept images as of the current revision. The shards are written to the blob store first, a page of
 * images in memory at a time; the snapshot appears with one transaction, or not at all.
 */
export async function publishSnapshot(context: Context, input: PublishInput): Promise<Snapshot> {
  const dataset = await visibleDataset(context, input.dataset);
  requireMay(context, 'snapshot.publish', datasetScope(dataset.id));
  if (input.tag !== null && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(input.tag)) {
    throw new DomainError('BAD_INPUT', `tag: "${input.tag}" must be 1–63 letters, digits, ".", "_", "-".`);
  }
  await requireParent(context, dataset, input.parent);
  const splits = await Promise.all(input.splits.map((name) => frozenSplit(context, dataset, name)));
  const { snapshot, files } = await writeShards(context, dataset, splits, input.parent);
  const entry = {
    action: 'snapshot.publish',
    subject: datasetScope(dataset.id),
    detail: { digest: snapshot.digest, tag: input.tag },
  };
  return recorded(context, entry, async ({ db, now }) => {
    await lockDataset(db, dataset.id);
    await insertSnapshot(db, snapshot, files);
    if (input.tag !== null) {
      const tagged = await claimTag(
        db,
        { datasetId: dataset.id, tag: input.tag, digest: snapshot.digest },
        now(),
      );
      if (tagged !== snapshot.digest) {
        throw new DomainError(
          'CONFLICT',
          `tag: "${input.tag}" names ${tagged} already and tags do not move; choose another tag for ${snapshot.digest}.`,
        );
      }
    }
    return (await findSnapshot(db, snapshot.digest))!;
  });
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

async function writeShards(
  context: Context,
  dataset: Dataset,
  splits: readonly FrozenSplit[],
  parent: string | null,
): Promise<{ snapshot: Snapshot; files: SnapshotFile[] }> {
  const at = { datasetId: dataset.id, asOf: revisionAsked(dataset, null) };
  const annotators = annotatorNames(await listAnnotators(context.db, at));
  const guidelines = new Map(
    (await listRounds(context.db, at)).map((round) => [round.name, round.guidelineVersion]),
  );
  const tree = new MerkleAccumulator();
  const counts = { bytes: 0, reference: 0, annotations: 0 };
  const parts = Object.fromEntries(splits.map((split) => [split.name, emptyParts(split)]));
  const shards = new ShardWriters(context);
  for await (const page of pagesOfImages(
    context.db,
    at,
    splits.map(({ id }) => id),
  )) {
    for (const image of page) {
      const lines = imageDocuments(
        image,
        image.annotations.map((held) => toEntry(held, annotators, guidelines)),
        dataset.sensitivity,
      );
      tree.append(leafHash(lines.manifest));
      counts[image.pixels === 'BYTES' ? 'bytes' : 'reference'] += 1;
      counts.annotations += image.annotations.length;
      for (const [split, part] of Object.entries(image.parts)) parts[split]![part]! += 1;
      await shards.write(lines);
    }
  }
  const files = await shards.close();
  const header = snapshotHeader({
    classes: (await listLabelClasses(context.db, at)).map(({ name, iri }) => ({
      name,
      iri: iri ?? undefined,
    })),
    dataset: dataset.slug,
    factors: (await listFactors(context.db, at)).map(({ name, kind, unit }) => ({
      name,
      kind,
      unit: unit ?? undefined,
    })),
    images: { bytes: counts.bytes, reference: counts.reference },
    license: dataset.licence,
    parent,
    root: tree.root().toString('hex'),
    sensitivity: dataset.sensitivity,
    size: tree.size,
    splits: Object.fromEntries(
      splits.map(({ name, digest, strategy, seed }) => [
        name,
        { digest, strategy, seed, counts: parts[name]! },
      ]),
    ),
    title: dataset.title,
    unit: dataset.unit,
  });
  const snapshot: Snapshot = {
    digest: snapshotDigest(header),
    datasetId: dataset.id,
    revision: at.asOf,
    header,
    imageCount: tree.size,
    referenceCount: counts.reference,
    annotationCount: counts.annotations,
    state: 'PUBLISHED',
    publishedAt: context.now(),
  };
  return { snapshot, files };
}

function emptyParts(split: FrozenSplit): Record<string, number> {
  return Object.fromEntries(split.document.counts.map(({ part }) => [part, 0]));
}

/** What the documents say of each annotator, by pseudonym. */
function annotatorNames(annotators: readonly Annotator[]): Map<string, AnnotationEntry['annotator']> {
  return new Map(
    annotators.map(({ pseudonym, kind, expertise }) => [pseudonym, { name: pseudonym, kind, expertise }]),
  );
}

function toEntry(
  annotation: PublishedImage['annotations'][number],
  annotators: ReadonlyMap<string, AnnotationEntry['annotator']>,
  guidelines: ReadonlyMap<string, string | null>,
): AnnotationEntry {
  const { annotator: name, round } = annotation;
  return {
    id: annotation.id,
    annotator: annotators.get(name) ?? { name, kind: 'HUMAN', expertise: null },
    round,
    guideline: round === null ? null : (guidelines.get(round) ?? null),
    kind: annotation.kind,
    label: annotation.label,
    attribute: annotation.attribute,
    value: annotation.value,
    geometry: annotation.geometry,
    confidence: annotation.confidence,
    seconds: annotation.seconds,
    annotatedAt: annotation.annotatedAt,
    attributes: annotation.attributes,
    supersedes: annotation.supersedes,
  };
}

/** Characters gathered before they are written: few large writes in place of one for each line. */
const WRITTEN_AT_ONCE = 1 << 18;

interface OpenShard {
  readonly stream: PassThrough;
  lines: string;
}

/** Three streams into the blob store at a time, a new three every SHARD_LINES lines. */
class ShardWriters {
  private readonly done: Promise<SnapshotFile>[] = [];
  private open = new Map<ShardKind, OpenShard>();
  private count = 0;

  constructor(private readonly context: Context) {}

  async write(lines: ImageLines): Promise<void> {
    if (this.count % SHARD_LINES === 0) this.next(this.count / SHARD_LINES);
    this.count += 1;
    for (const [kind, shard] of this.open) {
      shard.lines += `${lines[kind]}\n`;
      if (shard.lines.length < WRITTEN_AT_ONCE) continue;
      const { stream, lines: gathered } = shard;
      shard.lines = '';
      if (!stream.write(gathered)) await once(stream, 'drain');
    }
  }

  async close(): Promise<SnapshotFile[]> {
    this.end();
    return Promise.all(this.done);
  }

  private end(): void {
    for (const { stream, lines } of this.open.values()) stream.end(lines);
    this.open.clear();
  }

  private next(index: number): void {
    this.end();
    for (const kind of SHARD_KINDS) {
      const stream = new PassThrough({ highWaterMark: 1 << 20 });
      this.open.set(kind, { stream, lines: '' });
      const stored: Promise<StoredBlob> = this.context.blobs.put(stream, {});
      const file = stored.then(({ digest, size }) => ({ name: shardName(kind, index), digest, size }));
      file.catch((error) => stream.destroy(error));
      this.done.push(file);
    }
  }
}
