import type { EntityManager } from 'typeorm';
import { splitLines } from '../kernel/split-lines.ts';
import type { BlobStore } from '../platform/blob-store.ts';
import { parseManifestLine } from '../snapshots/manifest-line.ts';
import { SHARD_LINES, shardName } from '../snapshots/shards.ts';
import { findSnapshotFile } from '../snapshots/snapshots.store.ts';
import type { BundleRange } from './image-bundle.ts';
import type { ImageRecord, TreeMember } from './rendering.ts';

/** Read ahead of the one that is being sent: small images cost the way to the store more than their bytes. */
const READ_AHEAD = 16;
const READ_AHEAD_BYTES = 1 << 20;

/**
 * The images of a range as they came, in the order of the manifest, at their paths in a pulled folder. `parts`, `SPLIT:PART` each:
 * those of others are left out; null: none is. Withdrawn images and those that lie elsewhere are left out.
 */
export async function* bundledImages(
  db: EntityManager,
  blobs: BlobStore,
  snapshot: string,
  range: BundleRange,
  parts: readonly string[] | null,
): AsyncGenerator<TreeMember> {
  const waiting: TreeMember[] = [];
  for await (const entry of entriesOf(db, blobs, snapshot, range)) {
    const isWanted =
      parts === null ||
      Object.entries(entry.parts).some(([split, part]) => parts.includes(`${split}:${part}`));
    if (!isWanted || entry.pixels === 'reference') continue;
    waiting.push(member(blobs, entry));
    if (waiting.length > READ_AHEAD) yield waiting.shift()!;
  }
  yield* waiting;
}

function member(blobs: BlobStore, { path, sha256, size }: ImageRecord['entry']): TreeMember {
  if (size! > READ_AHEAD_BYTES) return { path, size: size!, chunks: lazily(() => blobs.read(sha256!)) };
  const bytes = blobs.read(sha256!).toArray();
  bytes.catch(() => undefined); // told to whoever reads the member
  return { path, size: size!, chunks: lazily(async () => (await bytes) as Uint8Array[]) };
}

async function* lazily(
  open: () => AsyncIterable<Uint8Array> | Promise<readonly Uint8Array[]>,
): AsyncGenerator<Uint8Array> {
  yield* await open();
}

async function* entriesOf(
  db: EntityManager,
  blobs: BlobStore,
  snapshot: string,
  { first, last }: BundleRange,
): AsyncGenerator<ImageRecord['entry']> {
  for (let shard = Math.floor(first / SHARD_LINES); shard <= Math.floor(last / SHARD_LINES); shard++) {
    const name = shardName('manifest', shard);
    const file = await findSnapshotFile(db, snapshot, name);
    if (!file) return;
    let index = shard * SHARD_LINES - 1;
    for await (const line of splitLines(blobs.read(file.digest), name)) {
      index++;
      if (index < first) continue;
      if (index > last) break;
      const record = parseManifestLine(line);
      if ('id' in record) yield record;
    }
  }
}
