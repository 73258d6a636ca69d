import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDomainError } from '../../kernel/errors.ts';
import { MerkleAccumulator } from '../../kernel/merkle.ts';
import { SHARD_KINDS, shardCount, shardName } from '../../snapshots/shards.ts';
import { parseSnapshotHeader, type SnapshotHeader, snapshotDigest } from '../../snapshots/snapshot-header.ts';
import { checkDocuments } from './check-documents.ts';
import { checkRendering } from './check-rendering.ts';
import { exists } from './exists.ts';
import { ATTESTATIONS_FILE } from './fetch-attestations.ts';
import type { FolderProblem } from './folder-problem.ts';
import { hashFile } from './hash-file.ts';
import { isHeld, readPullRecord } from './pull-record.ts';
import { readIfThere } from './read-if-there.ts';
import { leafOf, type ManifestStep, readManifest } from './read-manifest.ts';
import type { FolderRendering } from './render-folder.ts';

export interface FolderReport {
  /** Of the header that lies there; null where there is none. */
  readonly digest: string | null;
  /** Where the digest it was held against came from; null: it was held against itself alone. */
  readonly against: 'given' | 'pull.json' | null;
  readonly parts: readonly string[] | null;
  readonly problems: readonly FolderProblem[];
  /** Lines of the manifest. */
  readonly images: number;
  /** Of them: here and right; bytes elsewhere; withdrawn; not of the parts pulled. */
  readonly held: number;
  readonly references: number;
  readonly withdrawn: number;
  readonly notPulled: number;
  /** Image bytes hashed. */
  readonly bytes: number;
}

interface Folder {
  readonly directory: string;
  readonly header: SnapshotHeader;
  readonly parts: readonly string[] | null;
  readonly renderings: readonly FolderRendering[];
  readonly counts: Record<'images' | 'held' | 'references' | 'withdrawn' | 'notPulled' | 'bytes', number>;
  readonly report: (file: string, kind: FolderProblem['kind'], message: string) => void;
}

/**
 * Recomputes all that a pulled folder claims, without a network: header, manifest, root, documents, image bytes.
 * Every problem is reported. A digest that came with the folder proves only that the folder is whole; give the
 * one from the paper or the training run to prove that it is the right one.
 */
export async function verifyFolder(directory: string, expectedDigest?: string): Promise<FolderReport> {
  const pull = await readPullRecord(directory);
  const expected = expectedDigest ?? pull?.digest ?? null;
  const against = expectedDigest ? 'given' : pull ? 'pull.json' : null;
  const parts = pull?.parts ?? null;
  const problems: FolderProblem[] = [];
  const counts = { images: 0, held: 0, references: 0, withdrawn: 0, notPulled: 0, bytes: 0 };
  const report: Folder['report'] = (file, kind, message) => problems.push({ file, kind, message });

  const { digest, header } = await checkHeader(directory, expected, report);
  const renderings = pull?.renderings ?? [];
  if (header) await checkContent({ directory, header, parts, renderings, counts, report });
  return { digest, against, parts, problems, ...counts };
}

async function checkHeader(
  directory: string,
  expected: string | null,
  report: Folder['report'],
): Promise<{ digest: string | null; header: SnapshotHeader | null }> {
  const bytes = await readIfThere(join(directory, 'snapshot.json'));
  if (!bytes) {
    report('snapshot.json', 'missing', 'There is no header; this is no pulled snapshot.');
    return { digest: null, header: null };
  }
  const digest = snapshotDigest(bytes);
  if (expected !== null && digest !== expected) {
    report('snapshot.json', 'altered', `Its digest is ${digest}, and ${expected} was expected.`);
  }
  const header = await altered(report, 'snapshot.json', async () => parseSnapshotHeader(bytes));
  return { digest, header: header ?? null };
}

async function checkContent(folder: Folder): Promise<void> {
  const { directory, header, report } = folder;
  const shards = Array.from({ length: shardCount(header.size) }, (_, shard) => shard);
  const there = new Set<string>();
  for (const name of SHARD_KINDS.flatMap((kind) => shards.map((shard) => shardName(kind, shard)))) {
    if (await exists(join(directory, name))) there.add(name);
    else report(name, 'missing', 'The shard is not there; pull again.');
  }
  for (const shard of shards.filter((shard) => there.has(shardName('manifest', shard)))) {
    for (const kind of ['annotations', 'metadata'] as const) {
      if (there.has(shardName(kind, shard))) await checkShard(folder, shard, kind);
    }
  }
  if (!shards.every((shard) => there.has(shardName('manifest', shard)))) return;
  const images = await altered(report, 'manifest', () => checkManifest(folder));
  if (!images) return;
  const forms = new Set<string>();
  for (const rendering of folder.renderings) forms.add(await checkRendering(folder, rendering));
  await reportExtra(folder, new Set([...there, ...forms]), images);
}

async function checkShard(folder: Folder, shard: number, kind: 'annotations' | 'metadata'): Promise<void> {
  const name = shardName(kind, shard);
  await altered(folder.report, name, async () => {
    const { first, differing } = await checkDocuments(folder.directory, folder.header, shard, kind);
    if (first)
      folder.report(name, 'altered', differing > 1 ? `${first} ${differing - 1} more lines differ.` : first);
  });
}

/** Returns the paths of the images that the folder should hold. */
async function checkManifest(folder: Folder): Promise<Set<string>> {
  const { directory, header, report } = folder;
  const tree = new MerkleAccumulator();
  const images = new Set<string>();
  for await (const step of readManifest(directory, header)) {
    tree.append(leafOf(step));
    const path = await checkImage(folder, step);
    if (path) images.add(path);
  }
  const root = tree.root().toString('hex');
  if (root !== header.root)
    report('manifest', 'altered', `Its root is ${root}, and the header says ${header.root}.`);
  return images;
}

/** Returns the path that the image should have here, null for one that the folder does not hold. */
async function checkImage(
  { directory, parts, counts, report }: Folder,
  { record }: ManifestStep,
): Promise<string | null> {
  counts.images++;
  if ('leaf' in record) counts.withdrawn++;
  else if (!isHeld(record, parts)) counts.notPulled++;
  else if (record.pixels === 'reference') counts.references++;
  else {
    const file = await hashFile(join(directory, record.path));
    counts.bytes += file?.size ?? 0;
    if (!file) report(record.path, 'missing', 'The image is not there; pull again.');
    else if (file.sha256 === record.sha256) counts.held++;
    else report(record.path, 'altered', `Its bytes are sha256:${file.sha256}, not sha256:${record.sha256}.`);
    return record.path;
  }
  return null;
}

async function reportExtra(
  { directory, report }: Folder,
  others: Set<string>,
  images: Set<string>,
): Promise<void> {
  const known = new Set(['snapshot.json', 'pull.json', ATTESTATIONS_FILE, 'images', ...others, ...images]);
  const listed = await readdir(directory);
  if (listed.includes('images')) {
    for (const name of await readdir(join(directory, 'images'))) listed.push(`images/${name}`);
  }
  for (const file of listed.filter((name) => !known.has(name)).sort()) {
    report(file, 'extra', 'The snapshot names no such file: unfinished, withdrawn since, or not from here.');
  }
}

/** Turns a file that breaks its format into a problem of that file. */
async function altered<T>(
  report: Folder['report'],
  file: string,
  check: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await check();
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'MALFORMED_FILE') throw error;
    report(file, 'altered', error.message);
    return undefined;
  }
}
