import { leafHash } from '../kernel/merkle.ts';
import { splitLines } from '../kernel/split-lines.ts';
import type { BlobStore } from '../platform/blob-store.ts';
import { parseManifestLine, tombstoneLine } from './manifest-line.ts';
import { SHARD_KINDS, shardName } from './shards.ts';
import type { SnapshotFile } from './snapshots.store.ts';

/** Lines gathered before they are handed on: few large chunks in place of one for each line. */
const LINES_A_CHUNK = 1_000;

export interface ErasedLine {
  readonly imageId: string;
  readonly leaf: string;
}

/**
 * The three shards of one number with a tombstone in place of every line of these images (formats.md §7.4): at the same place, so
 * that root and digest stay. Reads the manifest once, and writes nothing where none of them is in it. A few lines are in memory at a time.
 */
export async function eraseLines(
  blobs: BlobStore,
  shard: { readonly number: number; readonly digestOf: (name: string) => string },
  images: ReadonlySet<string>,
  withdrawn: string,
): Promise<{ readonly files: SnapshotFile[]; readonly erased: ErasedLine[] }> {
  const manifest = shardName('manifest', shard.number);
  const tombstones = new Map<number, string>();
  const erased: ErasedLine[] = [];
  let index = 0;
  for await (const line of splitLines(blobs.read(shard.digestOf(manifest)), manifest)) {
    const record = parseManifestLine(line);
    if ('id' in record && images.has(record.id)) {
      const leaf = leafHash(line).toString('hex');
      erased.push({ imageId: record.id, leaf });
      tombstones.set(index, tombstoneLine({ leaf, withdrawn }));
    }
    index++;
  }
  if (erased.length === 0) return { files: [], erased };
  const files: SnapshotFile[] = [];
  for (const kind of SHARD_KINDS) {
    const name = shardName(kind, shard.number);
    const lines = splitLines(blobs.read(shard.digestOf(name)), name);
    const { digest, size } = await blobs.put(replaced(lines, tombstones), {});
    files.push({ name, digest, size });
  }
  return { files, erased };
}

async function* replaced(
  lines: AsyncIterable<Buffer>,
  tombstones: ReadonlyMap<number, string>,
): AsyncGenerator<Buffer> {
  let gathered: Buffer[] = [];
  let index = 0;
  for await (const line of lines) {
    gathered.push(Buffer.from(tombstones.get(index++) ?? line), LINE_FEED);
    if (gathered.length < 2 * LINES_A_CHUNK) continue;
    yield Buffer.concat(gathered);
    gathered = [];
  }
  yield Buffer.concat(gathered);
}

const LINE_FEED = Buffer.from('\n');
