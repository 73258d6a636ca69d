import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { StoredBlob } from '../platform/blob-store.ts';
import type { Context } from '../platform/context.ts';
import type { ImageLines } from './image-documents.ts';
import { SHARD_KINDS, SHARD_LINES, type ShardKind, shardName } from './shards.ts';
import type { SnapshotFile } from './snapshots.store.ts';

/** Characters gathered before they are written: few large writes in place of one for each line. */
const WRITTEN_AT_ONCE = 1 << 18;

interface OpenShard {
  readonly stream: PassThrough;
  lines: string;
}

/** Three streams into the blob store at a time, a new three every SHARD_LINES lines. */
export class ShardWriters {
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

  /** Leaves nothing behind of a publication that failed: an open stream would wait for its end for ever. */
  async abandon(error: Error): Promise<void> {
    for (const { stream } of this.open.values()) stream.destroy(error);
    await Promise.allSettled(this.done);
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
