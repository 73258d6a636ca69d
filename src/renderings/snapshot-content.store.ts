import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../kernel/errors.ts';
import type { BlobStore } from '../platform/blob-store.ts';
import type { Snapshot } from '../snapshots/snapshot.ts';
import { parseSnapshotHeader } from '../snapshots/snapshot-header.ts';
import { listSnapshotFiles } from '../snapshots/snapshots.store.ts';
import { recordsOf } from './records-of.ts';
import type { ImageRecord, RenderingSource, Selection } from './rendering.ts';

/** Images after which other work gets its turn. */
const IMAGES_A_TURN = 64;

/** The content of a published snapshot as the server holds it. `hear` is told of images read in the present pass. */
export async function snapshotContent(
  db: EntityManager,
  blobs: BlobStore,
  snapshot: Snapshot,
  hear: (images: number) => void,
): Promise<RenderingSource> {
  const files = await listSnapshotFiles(db, [snapshot.digest]);
  const digests = new Map(files.map(({ name, digest }) => [name, digest]));
  const header = parseSnapshotHeader(Buffer.from(snapshot.header, 'utf8'));
  const readShard = (name: string) => {
    const digest = digests.get(name);
    if (digest === undefined)
      throw new DomainError('INTERNAL', `The snapshot ${snapshot.digest} lacks its file ${name}.`);
    return blobs.read(digest);
  };
  return {
    digest: snapshot.digest,
    header,
    images: (selection: Selection | null) => takingTurns(recordsOf(header, readShard, selection), hear),
    bytes: ({ sha256 }) => blobs.read(sha256!),
  };
}

async function* takingTurns(
  records: AsyncIterable<ImageRecord>,
  hear: (images: number) => void,
): AsyncGenerator<ImageRecord> {
  let images = 0;
  for await (const record of records) {
    yield record;
    images++;
    if (images % IMAGES_A_TURN !== 0) continue;
    hear(images);
    await nextTurn();
  }
  hear(images);
}
