import { join } from 'node:path';
import { leafHash } from '../../kernel/merkle.ts';
import { sha256Hex } from '../../kernel/sha256.ts';
import { shardName } from '../../snapshots/shards.ts';
import type { SnapshotHeader } from '../../snapshots/snapshot-header.ts';
import { readLines } from './read-lines.ts';
import { type ManifestStep, readManifestShard } from './read-manifest.ts';

export interface DocumentFaults {
  /** Lines that differ from what the manifest says. */
  readonly differing: number;
  /** The first of them, as a sentence. */
  readonly first: string | null;
  /** An image was withdrawn after the manifest shard was fetched, which must be fetched anew. */
  readonly outdated: boolean;
}

/**
 * Holds one annotation or metadata shard against its manifest shard, line by line: a line has the SHA-256 that
 * the manifest gives it, or both are the same tombstone.
 */
export async function checkDocuments(
  directory: string,
  header: SnapshotHeader,
  shard: number,
  kind: 'annotations' | 'metadata',
): Promise<DocumentFaults> {
  const name = shardName(kind, shard);
  const documents = readLines(join(directory, name));
  let differing = 0;
  let first: string | null = null;
  let outdated = false;
  let number = 0;
  for await (const step of readManifestShard(directory, header, shard)) {
    number++;
    const { value: document } = await documents.next();
    if (document && agrees(step, document, kind)) continue;
    differing++;
    first ??= document
      ? `${name}:${number} is not the document that the manifest names.`
      : `${name} ends before line ${number}.`;
    outdated ||= document !== undefined && isTombstoneOf(step, document);
  }
  if (!(await documents.next()).done) {
    differing++;
    first ??= `${name} has more lines than the manifest.`;
  }
  await documents.return(undefined);
  return { differing, first, outdated };
}

function agrees({ line, record }: ManifestStep, document: Buffer, kind: 'annotations' | 'metadata'): boolean {
  if ('leaf' in record) return document.equals(line);
  return sha256Hex(document) === (kind === 'annotations' ? record.ann : record.meta);
}

function isTombstoneOf({ line, record }: ManifestStep, document: Buffer): boolean {
  return (
    !('leaf' in record) &&
    document.toString('latin1').startsWith(`{"leaf":"${leafHash(line).toString('hex')}"`)
  );
}
