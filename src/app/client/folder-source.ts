import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recordsOf } from '../../renderings/records-of.ts';
import type { RenderingSource } from '../../renderings/rendering.ts';
import { parseSnapshotHeader, snapshotDigest } from '../../snapshots/snapshot-header.ts';

const CHUNK_BYTES = 1 << 20;

/** The content of a snapshot in a pulled folder. What is in the folder is taken as it is: it was proved when it was pulled. */
export async function folderSource(directory: string): Promise<RenderingSource> {
  const bytes = await readFile(join(directory, 'snapshot.json'));
  const header = parseSnapshotHeader(bytes);
  const readShard = (name: string) => createReadStream(join(directory, name), { highWaterMark: CHUNK_BYTES });
  return {
    digest: snapshotDigest(bytes),
    header,
    images: (selection) => recordsOf(header, readShard, selection),
    // A stream opens its file when it is made; images that are linked are never read.
    async *bytes({ path }) {
      yield* createReadStream(join(directory, path), { highWaterMark: CHUNK_BYTES });
    },
  };
}
