import { DomainError } from '../kernel/errors.ts';
import { leafHash, MerkleAccumulator } from '../kernel/merkle.ts';
import { splitLines } from '../kernel/split-lines.ts';
import type { Context } from '../platform/context.ts';
import { type InclusionProofFile, inclusionPath, leafHashOf, rootOf } from './inclusion.ts';
import { parseManifestLine } from './manifest-line.ts';
import { insertShardSummaries, listShardSummaries, type ShardSummary } from './manifest-shards.store.ts';
import { SHARD_LINES, shardCount, shardName } from './shards.ts';
import type { Snapshot } from './snapshot.ts';
import { parseSnapshotHeader } from './snapshot-header.ts';
import { findSnapshotFiles, visibleSnapshot } from './snapshots.store.ts';

type ProvenSnapshot = Pick<Snapshot, 'digest' | 'header' | 'imageCount'>;

export interface ProofAsked {
  readonly snapshot: ProvenSnapshot;
  /** Id of the image. */
  readonly image: string;
}

/** A manifest shard, and the images that are looked for in it. */
interface Search {
  readonly snapshot: ProvenSnapshot;
  readonly shard: number;
  readonly images: Set<string>;
}

/** Proves that an image is in the snapshot of this digest. */
export async function proveInclusion(
  context: Context,
  digest: string,
  image: string,
): Promise<InclusionProofFile> {
  const snapshot = await visibleSnapshot(context, digest);
  const [proof] = await proveInclusions(context, [{ snapshot, image }]);
  if (proof instanceof DomainError) throw proof;
  return proof!;
}

/**
 * Proves of each image that it is in its snapshot, or says why there is no proof. It reads the images' own shards, one
 * after another; the roots of the others are kept since the first proof of a snapshot, which reads the whole manifest
 * once, a line in memory at a time.
 */
export async function proveInclusions(
  context: Context,
  asked: readonly ProofAsked[],
): Promise<(InclusionProofFile | DomainError)[]> {
  const sound = asked.filter(({ image }) => isImageId(image));
  const summaries = await summariesOf(
    context,
    sound.map(({ snapshot }) => snapshot),
  );
  const searches = searchesFor(sound, summaries);
  const linesOf = await manifestReader(context, searches);
  const proofs = new Map<string, InclusionProofFile>();
  for (const search of searches) {
    const roots = summaries.get(search.snapshot.digest)!.map(({ root }) => Buffer.from(root, 'hex'));
    for (const [image, proof] of await proofsIn(search, roots, linesOf))
      proofs.set(`${search.snapshot.digest} ${image}`, proof);
  }
  return asked.map(
    ({ snapshot, image }) => proofs.get(`${snapshot.digest} ${image}`) ?? noProof(snapshot, image),
  );
}

const isImageId = (text: string) => /^[0-9a-f]{32}$/.test(text);

function noProof({ digest }: ProvenSnapshot, image: string): DomainError {
  return isImageId(image)
    ? new DomainError('NOT_FOUND', `No image ${image} is in the snapshot ${digest}, or it was withdrawn.`)
    : new DomainError('BAD_INPUT', `image: "${image}" is not an id of 32 hexadecimal characters.`);
}

/** In which shard each image would be, by the first images of all shards. */
function searchesFor(
  asked: readonly ProofAsked[],
  summaries: ReadonlyMap<string, readonly ShardSummary[]>,
): Search[] {
  const searches = new Map<string, Search>();
  for (const { snapshot, image } of asked) {
    const shard = summaries
      .get(snapshot.digest)!
      .findLastIndex(({ firstImage }) => firstImage !== null && firstImage <= image);
    if (shard < 0) continue;
    const key = `${snapshot.digest} ${shard}`;
    const search = searches.get(key) ?? { snapshot, shard, images: new Set() };
    searches.set(key, search);
    search.images.add(image);
  }
  return [...searches.values()];
}

async function proofsIn(
  { snapshot, shard, images }: Search,
  roots: readonly Buffer[],
  linesOf: ManifestReader,
): Promise<Map<string, InclusionProofFile>> {
  const leaves: Buffer[] = [];
  const found = new Map<string, { readonly position: number; readonly line: string }>();
  for await (const line of linesOf(snapshot, shard)) {
    const image = imageOf(line);
    if (images.has(image)) found.set(image, { position: leaves.length, line: line.toString('utf8') });
    leaves.push(leafOf(line));
  }
  const { header, imageCount: size } = snapshot;
  const proofs = new Map<string, InclusionProofFile>();
  for (const [image, { position, line }] of found) {
    const path = inclusionPath(leaves, position, roots, shard).map((hash) => hash.toString('hex'));
    const proof = { header, index: shard * SHARD_LINES + position, size, line, path };
    if (rootOf(proof).root !== parseSnapshotHeader(Buffer.from(header)).root)
      throw new Error(`the manifest kept of ${snapshot.digest} does not lead to its root`);
    proofs.set(image, proof);
  }
  return proofs;
}

/** Of each snapshot; those that nobody needed yet are made, and kept together. */
async function summariesOf(
  context: Context,
  snapshots: readonly ProvenSnapshot[],
): Promise<Map<string, ShardSummary[]>> {
  const distinct = new Map(snapshots.map((snapshot) => [snapshot.digest, snapshot]));
  const held = await listShardSummaries(context.db, [...distinct.keys()]);
  const unread = [...distinct.values()].filter(({ digest }) => !held.has(digest));
  if (unread.length === 0) return held;
  const linesOf = await manifestReader(context, unread.flatMap(shardsOf));
  const made = new Map<string, ShardSummary[]>();
  for (const snapshot of unread) {
    const shards: ShardSummary[] = [];
    for (const { shard } of shardsOf(snapshot)) shards.push(await summaryOf(linesOf(snapshot, shard)));
    made.set(snapshot.digest, shards);
  }
  await insertShardSummaries(context.db, made);
  return new Map([...held, ...made]);
}

function shardsOf(snapshot: ProvenSnapshot) {
  return Array.from({ length: shardCount(snapshot.imageCount) }, (_, shard) => ({ snapshot, shard }));
}

async function summaryOf(lines: AsyncIterable<Buffer>): Promise<ShardSummary> {
  const tree = new MerkleAccumulator();
  let firstImage: string | null = null;
  for await (const line of lines) {
    tree.append(leafOf(line));
    if (firstImage !== null) continue;
    const record = parseManifestLine(line);
    if ('id' in record) firstImage = record.id;
  }
  return { root: tree.root().toString('hex'), firstImage };
}

type ManifestReader = (snapshot: ProvenSnapshot, shard: number) => AsyncIterable<Buffer>;

/** Finds these shards, all in one statement, and reads the lines of each when asked. */
async function manifestReader(
  { db, blobs }: Context,
  shards: readonly Pick<Search, 'snapshot' | 'shard'>[],
): Promise<ManifestReader> {
  const files = await findSnapshotFiles(
    db,
    shards.map(({ snapshot, shard }) => ({ snapshot: snapshot.digest, name: shardName('manifest', shard) })),
  );
  const digests = new Map(files.map(({ snapshot, name, digest }) => [`${snapshot} ${name}`, digest]));
  return ({ digest }, shard) => {
    const name = shardName('manifest', shard);
    return splitLines(blobs.read(digests.get(`${digest} ${name}`)!), name);
  };
}

const ID = '"id":"';

/** The id in a canonical line, which stands before all that people wrote; of a tombstone it is none. */
function imageOf(line: Buffer): string {
  const start = line.indexOf(ID) + ID.length;
  return line.toString('latin1', start, start + 32);
}

/** Lines are canonical, so a tombstone shows by its first member; nothing else is parsed, and the root proves it all. */
function leafOf(line: Buffer): Buffer {
  return line[2] === 'l'.charCodeAt(0) ? leafHashOf(line, parseManifestLine(line)) : leafHash(line);
}
