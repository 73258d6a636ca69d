import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, isDomainError } from '../../kernel/errors.ts';
import { SHARD_KINDS, type ShardKind, shardCount, shardName } from '../../snapshots/shards.ts';
import type { SnapshotHeader } from '../../snapshots/snapshot-header.ts';
import { checkDocuments } from './check-documents.ts';
import { downloadFile } from './download-file.ts';
import { exists } from './exists.ts';
import { forEachConcurrently } from './for-each-concurrently.ts';
import type { ServerAccess } from './http.ts';
import { manifestRoot } from './read-manifest.ts';

export interface SnapshotFolder {
  readonly access: ServerAccess;
  readonly directory: string;
  readonly digest: string;
  readonly header: SnapshotHeader;
  readonly concurrency: number;
}

/**
 * Brings every shard into the folder and proves it: the manifest by the header's root, the documents by the
 * manifest. What lay there already is proved the same way, and fetched anew where it fails.
 */
export async function pullShards(folder: SnapshotFolder, onShard: () => void): Promise<void> {
  await pullManifest(folder, onShard);
  const shards = Array.from({ length: shardCount(folder.header.size) }, (_, shard) => shard);
  for (const kind of ['annotations', 'metadata'] as const) {
    await forEachConcurrently(shards, folder.concurrency, async (shard, signal) => {
      await pullDocuments(folder, kind, shard, signal);
      onShard();
    });
  }
}

/** Removes the three shards that hold an image, so that the next pull fetches what the server now serves. */
export async function forgetShard(folder: SnapshotFolder, shard: number): Promise<void> {
  for (const kind of SHARD_KINDS) await rm(join(folder.directory, shardName(kind, shard)), { force: true });
}

async function pullManifest(folder: SnapshotFolder, onShard: () => void): Promise<void> {
  const shards = Array.from({ length: shardCount(folder.header.size) }, (_, shard) => shard);
  const fetchAll = async () => {
    let fetched = 0;
    await forEachConcurrently(shards, folder.concurrency, async (shard, signal) => {
      if (await fetchShard(folder, 'manifest', shard, signal)) fetched++;
      onShard();
    });
    return fetched;
  };
  const fetched = await fetchAll();
  let fault = await manifestFault(folder);
  if (fault && fetched < shards.length) {
    await forgetManifest(folder, shards);
    await fetchAll();
    fault = await manifestFault(folder);
  }
  if (fault) {
    await forgetManifest(folder, shards);
    throw new DomainError(
      'PIN_MISMATCH',
      `The manifest is not that of ${folder.digest}: ${fault} It was removed.`,
    );
  }
}

async function pullDocuments(
  folder: SnapshotFolder,
  kind: 'annotations' | 'metadata',
  shard: number,
  signal: AbortSignal,
): Promise<void> {
  const { directory, header } = folder;
  const name = shardName(kind, shard);
  let fetched = await fetchShard(folder, kind, shard, signal);
  while (true) {
    const { first, outdated } = await documentFaults(directory, header, shard, kind);
    if (first === null) return;
    if (outdated) {
      await forgetShard(folder, shard);
      throw new DomainError(
        'CONFLICT',
        `An image of shard ${shard} was withdrawn during the pull; pull again.`,
      );
    }
    await rm(join(directory, name), { force: true });
    if (fetched) throw new DomainError('PIN_MISMATCH', `${first} The file was removed.`);
    fetched = await fetchShard(folder, kind, shard, signal);
  }
}

/** Says whether the shard had to be fetched. */
async function fetchShard(
  { access, directory, digest }: SnapshotFolder,
  kind: ShardKind,
  shard: number,
  signal: AbortSignal,
): Promise<boolean> {
  const name = shardName(kind, shard);
  const target = join(directory, name);
  if (await exists(target)) return false;
  await downloadFile(access, { path: `/snapshots/${digest}/${name}`, target, expected: null, signal });
  return true;
}

async function manifestFault({ directory, header }: SnapshotFolder): Promise<string | null> {
  try {
    const root = await manifestRoot(directory, header);
    return root === header.root ? null : `its root is ${root}, and the header says ${header.root}.`;
  } catch (error) {
    if (isDomainError(error) && error.code === 'MALFORMED_FILE') return error.message;
    throw error;
  }
}

async function documentFaults(
  directory: string,
  header: SnapshotHeader,
  shard: number,
  kind: 'annotations' | 'metadata',
): Promise<{ first: string | null; outdated: boolean }> {
  try {
    return await checkDocuments(directory, header, shard, kind);
  } catch (error) {
    if (isDomainError(error) && error.code === 'MALFORMED_FILE')
      return { first: error.message, outdated: false };
    throw error;
  }
}

async function forgetManifest({ directory }: SnapshotFolder, shards: readonly number[]): Promise<void> {
  for (const shard of shards) await rm(join(directory, shardName('manifest', shard)), { force: true });
}
