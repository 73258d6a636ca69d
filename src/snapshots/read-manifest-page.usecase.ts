import { decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import { splitLines } from '../kernel/split-lines.ts';
import type { Context } from '../platform/context.ts';
import { type ManifestRecord, parseManifestLine } from './manifest-line.ts';
import { SHARD_LINES, shardCount, shardName } from './shards.ts';
import type { Snapshot } from './snapshot.ts';
import { findSnapshotFile } from './snapshots.store.ts';

export interface ManifestPosition {
  readonly shard: number;
  /** Where the line after it begins, in bytes of its shard. */
  readonly end: number;
  /** Its place in the whole manifest, from 0: the leaf of the Merkle tree. */
  readonly index: number;
}

export interface ManifestRow extends ManifestPosition {
  readonly line: string;
  readonly record: ManifestRecord;
}

/** A page of the manifest, read from its shards at the byte where the page before it ended: no page costs more than another. */
export async function readManifestPage(
  context: Context,
  { digest, imageCount }: Pick<Snapshot, 'digest' | 'imageCount'>,
  request: PageRequest,
): Promise<Page<ManifestRow>> {
  const rows: ManifestRow[] = [];
  const wanted = pageSize(request) + 1;
  const after = decodeCursor(request, isPosition);
  let [shard, start] = [after?.shard ?? 0, after?.end ?? 0];
  let index = after === null ? 0 : after.index + 1;
  for (; shard < shardCount(imageCount) && rows.length < wanted; shard++) {
    for await (const row of linesFrom(context, digest, shard, start)) {
      rows.push({ ...row, index: index++ });
      if (rows.length === wanted) break;
    }
    start = 0;
  }
  return toPage(rows, request, ({ shard: of, end, index: place }) => ({ shard: of, end, index: place }));
}

async function* linesFrom({ db, blobs }: Context, digest: string, shard: number, start: number) {
  const name = shardName('manifest', shard);
  const file = (await findSnapshotFile(db, digest, name))!;
  if (start >= file.size) return;
  let end = start;
  for await (const line of splitLines(blobs.read(file.digest, { start, end: file.size - 1 }), name)) {
    end += line.length + 1;
    yield { shard, end, line: line.toString('utf8'), record: parseManifestLine(line) };
  }
}

function isPosition(key: unknown): key is ManifestPosition {
  const { shard, end, index } = (key ?? {}) as Partial<ManifestPosition>;
  const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
  return isCount(shard) && isCount(end) && isCount(index) && Math.floor(index! / SHARD_LINES) === shard;
}
