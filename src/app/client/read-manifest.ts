import { join } from 'node:path';
import { DomainError, isDomainError } from '../../kernel/errors.ts';
import { leafHash, MerkleAccumulator } from '../../kernel/merkle.ts';
import { type ManifestRecord, parseManifestLine } from '../../snapshots/manifest-line.ts';
import { shardCount, shardLines, shardName } from '../../snapshots/shards.ts';
import type { SnapshotHeader } from '../../snapshots/snapshot-header.ts';
import { readLines } from './read-lines.ts';

export interface ManifestStep {
  readonly line: Buffer;
  readonly record: ManifestRecord;
  readonly shard: number;
}

/**
 * One manifest shard of a folder, line by line in constant memory. MALFORMED_FILE where a line is not of the
 * format, the ids do not rise, the salts are not as the header says, or the number of lines is another.
 */
export async function* readManifestShard(
  directory: string,
  header: SnapshotHeader,
  shard: number,
): AsyncGenerator<ManifestStep> {
  const name = shardName('manifest', shard);
  let lines = 0;
  let last = '';
  for await (const line of readLines(join(directory, name))) {
    lines++;
    const record = parse(line, `${name}:${lines}`);
    if ('id' in record) {
      if (record.id <= last)
        throw malformed(`${name}:${lines}`, `the id ${record.id} does not follow ${last}`);
      last = record.id;
      if ((record.salt !== undefined) !== (header.sensitivity === 'PERSONAL')) {
        throw malformed(`${name}:${lines}`, 'the salt is not as the header says');
      }
    }
    yield { line, record, shard };
  }
  const due = shardLines(shard, header.size);
  if (lines !== due) throw malformed(name, `it has ${lines} lines, and the header asks for ${due}`);
}

/** Every line of every manifest shard, in order. */
export async function* readManifest(directory: string, header: SnapshotHeader): AsyncGenerator<ManifestStep> {
  for (let shard = 0; shard < shardCount(header.size); shard++)
    yield* readManifestShard(directory, header, shard);
}

/** The Merkle root, 64 hexadecimal characters, that the manifest of a folder has. */
export async function manifestRoot(directory: string, header: SnapshotHeader): Promise<string> {
  const tree = new MerkleAccumulator();
  for await (const step of readManifest(directory, header)) tree.append(leafOf(step));
  return tree.root().toString('hex');
}

/** A withdrawn image's leaf is taken as given: its line is gone. */
export function leafOf({ line, record }: ManifestStep): Buffer {
  return 'leaf' in record ? Buffer.from(record.leaf, 'hex') : leafHash(line);
}

function parse(line: Buffer, at: string): ManifestRecord {
  try {
    return parseManifestLine(line);
  } catch (error) {
    throw isDomainError(error) ? malformed(at, error.message) : error;
  }
}

function malformed(at: string, rule: string): DomainError {
  return new DomainError('MALFORMED_FILE', `${at}: ${rule}.`);
}
