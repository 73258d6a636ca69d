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
import { findSnapshotFile, visibleSnapshot } from './snapshots.store.ts';

/**
 * Proves that an image is in a snapshot. It reads the image's own shard; the roots of the others are kept since the
 * first proof of the snapshot, which reads the whole manifest once, a line in memory at a time.
 */
export async function proveInclusion(
  context: Context,
  digest: string,
  image: string,
): Promise<InclusionProofFile> {
  const snapshot = await visibleSnapshot(context, digest);
  if (!/^[0-9a-f]{32}$/.test(image))
    throw new DomainError('BAD_INPUT', `image: "${image}" is not an id of 32 hexadecimal characters.`);
  const shards = await summariesOf(context, snapshot);
  const shard = shards.findLastIndex(({ firstImage }) => firstImage !== null && firstImage <= image);
  const leaves: Buffer[] = [];
  let [found, line] = [-1, ''];
  if (shard >= 0)
    for await (const step of linesOf(context, snapshot, shard)) {
      if (step.includes(`"id":"${image}"`)) [found, line] = [leaves.length, step.toString('utf8')];
      leaves.push(leafOf(step));
    }
  if (found < 0)
    throw new DomainError(
      'NOT_FOUND',
      `No image ${image} is in the snapshot ${snapshot.digest}, or it was withdrawn.`,
    );
  const roots = shards.map(({ root }) => Buffer.from(root, 'hex'));
  const path = inclusionPath(leaves, found, roots, shard).map((hash) => hash.toString('hex'));
  const { header, imageCount: size } = snapshot;
  const proof = { header, index: shard * SHARD_LINES + found, size, line, path };
  if (rootOf(proof).root !== parseSnapshotHeader(Buffer.from(header)).root)
    throw new Error(`the manifest kept of ${snapshot.digest} does not lead to its root`);
  return proof;
}

async function summariesOf(context: Context, snapshot: Snapshot): Promise<ShardSummary[]> {
  const held = await listShardSummaries(context.db, snapshot.digest);
  if (held.length > 0) return held;
  const shards: ShardSummary[] = [];
  for (let shard = 0; shard < shardCount(snapshot.imageCount); shard++) {
    const tree = new MerkleAccumulator();
    let firstImage: string | null = null;
    for await (const line of linesOf(context, snapshot, shard)) {
      tree.append(leafOf(line));
      if (firstImage !== null) continue;
      const record = parseManifestLine(line);
      if ('id' in record) firstImage = record.id;
    }
    shards.push({ root: tree.root().toString('hex'), firstImage });
  }
  await insertShardSummaries(context.db, snapshot.digest, shards);
  return shards;
}

async function* linesOf({ db, blobs }: Context, { digest }: Snapshot, shard: number): AsyncGenerator<Buffer> {
  const name = shardName('manifest', shard);
  const file = (await findSnapshotFile(db, digest, name))!;
  yield* splitLines(blobs.read(file.digest), name);
}

/** Lines are canonical, so a tombstone shows by its first member; nothing else is parsed, and the root proves it all. */
function leafOf(line: Buffer): Buffer {
  return line[2] === 'l'.charCodeAt(0) ? leafHashOf(line, parseManifestLine(line)) : leafHash(line);
}
