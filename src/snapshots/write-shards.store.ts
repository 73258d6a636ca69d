import {
  type AnnotationRound,
  type Annotator,
  listAnnotators,
  listRounds,
} from '../annotation/annotation.store.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { findItems } from '../consensus/consensus.store.ts';
import type { Consensus } from '../consensus/consensus.ts';
import { leafHash, MerkleAccumulator } from '../kernel/merkle.ts';
import type { Context } from '../platform/context.ts';
import type { FrozenSplit } from '../splits/split.ts';
import type { AnnotationEntry, ConsensusEntry } from './annotation-document.ts';
import { imageDocuments } from './image-documents.ts';
import { ShardWriters } from './shards.store.ts';
import { type PublishedImage, pagesOfImages, type SnapshotFile } from './snapshots.store.ts';

/** What a snapshot carries beside images and ratings. */
export interface Carried {
  readonly splits: readonly FrozenSplit[];
  readonly consensuses: readonly Consensus[];
}

export interface WrittenShards {
  readonly root: string;
  readonly images: { bytes: number; reference: number };
  readonly annotations: number;
  /** Split → part → images. */
  readonly parts: Readonly<Record<string, Record<string, number>>>;
  readonly files: SnapshotFile[];
}

/** Streams every kept image into the shards and the tree, a page in memory at a time. */
export async function writeShards(
  context: Context,
  dataset: Dataset,
  at: { datasetId: string; asOf: number },
  { splits, consensuses }: Carried,
): Promise<WrittenShards> {
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
