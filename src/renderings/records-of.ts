import { DomainError } from '../kernel/errors.ts';
import { splitLines } from '../kernel/split-lines.ts';
import { parseManifestLine } from '../snapshots/manifest-line.ts';
import { SHARD_KINDS, type ShardKind, shardCount, shardName } from '../snapshots/shards.ts';
import type { SnapshotHeader } from '../snapshots/snapshot-header.ts';
import { isInPart } from './part-paths.ts';
import type { ImageRecord, Selection } from './rendering.ts';

/** The bytes of a shard, by its name. */
export type ReadShard = (name: string) => AsyncIterable<Uint8Array>;

/** The images of a snapshot from its three kinds of shards, read in step, a line of each in memory at a time. */
export async function* recordsOf(
  header: SnapshotHeader,
  readShard: ReadShard,
  selection: Selection | null,
): AsyncGenerator<ImageRecord> {
  let index = 0;
  for (let shard = 0; shard < shardCount(header.size); shard++) {
    const [manifest, annotations, metadata] = SHARD_KINDS.map((kind) => linesOf(readShard, kind, shard)) as [
      AsyncGenerator<Buffer>,
      AsyncGenerator<Buffer>,
      AsyncGenerator<Buffer>,
    ];
    try {
      for await (const line of manifest) {
        const documents = [await annotations.next(), await metadata.next()] as const;
        const record = parseManifestLine(line);
        if (documents[0].done || documents[1].done)
          throw new DomainError(
            'MALFORMED_FILE',
            `A document of line ${index} is missing in shard ${shard}.`,
          );
        if ('id' in record && isInPart(record.parts, selection)) {
          yield {
            index,
            entry: record,
            annotations: JSON.parse(documents[0].value.toString('utf8')),
            metadata: JSON.parse(documents[1].value.toString('utf8')),
          };
        }
        index++;
      }
    } finally {
      await Promise.all([annotations.return(undefined), metadata.return(undefined)]);
    }
  }
}

function linesOf(readShard: ReadShard, kind: ShardKind, shard: number): AsyncGenerator<Buffer> {
  const name = shardName(kind, shard);
  return splitLines(readShard(name), name);
}
