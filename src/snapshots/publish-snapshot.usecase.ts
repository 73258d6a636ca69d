import { listFactors } from '../acquisition/acquisition.store.ts';
import {
  type AnnotationRound,
  type Annotator,
  listAnnotators,
  listRounds,
} from '../annotation/annotation.store.ts';
import { lockDataset, visibleDataset } from '../catalogue/dataset.store.ts';
import { type Dataset, revisionAsked } from '../catalogue/dataset.ts';
import { listLabelClasses } from '../catalogue/label-schema.store.ts';
import { findConsensusNamed, findItems } from '../consensus/consensus.store.ts';
import type { Consensus } from '../consensus/consensus.ts';
import { recorded } from '../governance/audit.store.ts';
import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import { leafHash, MerkleAccumulator } from '../kernel/merkle.ts';
import type { Context } from '../platform/context.ts';
import type { FrozenSplit } from '../splits/split.ts';
import { findSplit } from '../splits/splits.store.ts';
import type { AnnotationEntry, ConsensusEntry } from './annotation-document.ts';
import { attestSnapshot } from './attestation.ts';
import { insertAttestation } from './attestations.store.ts';
import { imageDocuments } from './image-documents.ts';
import { ShardWriters } from './shards.store.ts';
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
  /** Ids, or names for the latest of each. */
  readonly consensuses: readonly string[];
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
  const at = { datasetId: dataset.id, asOf: revisionAsked(dataset, null) };
  const consensuses = await Promise.all(
    input.consensuses.map((name) => currentConsensus(context, dataset, at.asOf, name)),
  );
  requireDistinctNames(consensuses);
  const carried = { splits, consensuses };
  const published = await writeShards(context, dataset, at, carried);
  const snapshot = await describeSnapshot(context, dataset, at, carried, input.parent, published);
  const entry = {
    action: 'snapshot.publish',
    subject: datasetScope(dataset.id),
    detail: { digest: snapshot.digest, tag: input.tag },
  };
  return recorded(context, entry, async ({ db, now, signer, software }) => {
    await lockDataset(db, dataset.id);
    await insertSnapshot(db, snapshot, published.files);
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
    const held = (await findSnapshot(db, snapshot.digest))!;
    const envelope = attestSnapshot(held, software, signer);
    await insertAttestation(db, { snapshot: held.digest, keyId: signer.keyId, envelope }, now());
    return held;
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

/** What a snapshot carries beside images and ratings. */
interface Carried {
  readonly splits: readonly FrozenSplit[];
  readonly consensuses: readonly Consensus[];
}

interface Published {
  readonly root: string;
  readonly images: { bytes: number; reference: number };
  readonly annotations: number;
  /** Split → part → images. */
  readonly parts: Readonly<Record<string, Record<string, number>>>;
  readonly files: SnapshotFile[];
}

/** Streams every kept image into the shards and the tree, a page in memory at a time. */
async function writeShards(
  context: Context,
  dataset: Dataset,
  at: { datasetId: string; asOf: number },
  { splits, consensuses }: Carried,
): Promise<Published> {
  const annotators = annotatorNames(await listAnnotators(context.db, at));
  const rounds = new Map((await listRounds(context.db, at)).map((round) => [round.name, round]));
  const tree = new MerkleAccumulator();
  const images = { bytes: 0, reference: 0 };
  let annotations = 0;
  const parts = Object.fromEntries(splits.map((split) => [split.name, emptyParts(split)]));
  const splitIds = splits.map(({ id }) => id);
  const shards = new ShardWriters(context);
  try {
    const nameOf = new Map(consensuses.map(({ id, request }) => [id, request.name]));
    for await (const page of pagesOfImages(context.db, at, splitIds)) {
      const items = await consensusEntries(context, nameOf, page);
      for (const image of page) {
        const entries = image.annotations.map((held) => toEntry(held, annotators, rounds));
        const lines = imageDocuments(image, entries, dataset.sensitivity, items.get(image.id) ?? []);
        tree.append(leafHash(lines.manifest));
        images[image.pixels === 'BYTES' ? 'bytes' : 'reference'] += 1;
        annotations += entries.length;
        for (const [split, part] of Object.entries(image.parts)) parts[split]![part]! += 1;
        await shards.write(lines);
      }
    }
    return { root: tree.root().toString('hex'), images, annotations, parts, files: await shards.close() };
  } catch (error) {
    await shards.abandon(error as Error);
    throw error;
  }
}

/** What the consensuses say of a page's images, without naming the image, which the document does. */
async function consensusEntries(
  { db }: Context,
  nameOf: ReadonlyMap<string, string>,
  page: readonly PublishedImage[],
): Promise<Map<string, ConsensusEntry[]>> {
  const items = await findItems(
    db,
    [...nameOf.keys()],
    page.map(({ id }) => id),
  );
  const entries = new Map<string, ConsensusEntry[]>();
  for (const { consensus, imageId, document } of items) {
    const { image: _, ...item } = JSON.parse(document);
    entries.set(imageId, [...(entries.get(imageId) ?? []), { ...item, name: nameOf.get(consensus)! }]);
  }
  return entries;
}

/** The header that commits to what was written, and so the digest. */
async function describeSnapshot(
  context: Context,
  dataset: Dataset,
  at: { datasetId: string; asOf: number },
  { splits, consensuses }: Carried,
  parent: string | null,
  published: Published,
): Promise<Snapshot> {
  const classes = await listLabelClasses(context.db, at);
  const factors = await listFactors(context.db, at);
  const { images, root, parts } = published;
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
    annotationCount: published.annotations,
    state: 'PUBLISHED',
    publishedAt: context.now(),
  };
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
  rounds: ReadonlyMap<string, AnnotationRound>,
): AnnotationEntry {
  const { annotator: name, round } = annotation;
  const held = round === null ? null : rounds.get(round);
  return {
    id: annotation.id,
    annotator: annotators.get(name) ?? { name, kind: 'HUMAN', expertise: null },
    round,
    guideline: held?.guidelineVersion ?? null,
    purpose: held?.purpose ?? 'LABELLING',
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
    pass: annotation.pass,
    votes: annotation.votes,
    corrects: annotation.corrects,
  };
}
