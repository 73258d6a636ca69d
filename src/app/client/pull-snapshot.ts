import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DomainError, isDomainError } from '../../kernel/errors.ts';
import type { RenderingOptions } from '../../renderings/rendering.ts';
import type { ManifestEntry } from '../../snapshots/manifest-line.ts';
import { SHARD_KINDS, SHARD_LINES, shardCount } from '../../snapshots/shards.ts';
import { parseSnapshotHeader, type SnapshotHeader, snapshotDigest } from '../../snapshots/snapshot-header.ts';
import { bundleImages } from './bundle-images.ts';
import { downloadFile } from './download-file.ts';
import { ATTESTATIONS_FILE, fetchAttestations } from './fetch-attestations.ts';
import { forEachConcurrently } from './for-each-concurrently.ts';
import { hashFile } from './hash-file.ts';
import { getBytes, type ServerAccess } from './http.ts';
import { type DueImage, pullBundle } from './pull-bundle.ts';
import { choosePart, isHeld, type PullRecord, readPullRecord, writePullRecord } from './pull-record.ts';
import { forgetShard, pullShards, type SnapshotFolder } from './pull-shards.ts';
import { readIfThere } from './read-if-there.ts';
import { readManifest } from './read-manifest.ts';
import { type RenderedFolder, renderFolder } from './render-folder.ts';
import { resolveReference } from './resolve-reference.ts';

const EVERYONE: RenderingOptions = { consensus: null, annotator: null };
/** Fewer images are asked for one by one: each then goes on where it was cut. */
const LEAST_BUNDLED = 16;
const LARGEST_HEADER = 16 << 20;

export interface PullProgress {
  readonly phase: 'shards' | 'images';
  readonly done: number;
  /** For a part an upper bound: its images by reference are counted in. */
  readonly total: number;
  /** Bytes of images proved so far. */
  readonly bytes: number;
}

export interface PullOptions extends ServerAccess {
  /** `sha256:HEX`, `SLUG@TAG` or `SLUG@sha256:HEX`. */
  readonly reference: string;
  readonly directory: string;
  /** `PART` or `SPLIT:PART`; without it every image is pulled. */
  readonly part?: string | null;
  /** Forms of the snapshot to lay out beside it. */
  readonly formats?: readonly string[];
  /** What the forms take for the truth. */
  readonly truth?: RenderingOptions;
  readonly concurrency?: number;
  readonly onProgress?: (progress: PullProgress) => void;
}

export interface PullResult {
  readonly digest: string;
  readonly dataset: string;
  readonly directory: string;
  /** The parts the folder now holds, `SPLIT:PART` each; null for every image. */
  readonly parts: readonly string[] | null;
  /** Images fetched in this run, and images that lay there and were proved by their hash. */
  readonly fetched: number;
  readonly present: number;
  readonly bytes: number;
  /** Images that the folder cannot hold: bytes elsewhere, or withdrawn. */
  readonly references: number;
  readonly withdrawn: number;
  /** Forms laid out in this run. */
  readonly rendered: readonly RenderedFolder[];
}

/**
 * Brings a snapshot into a folder and proves every byte against its digest. Run again it goes on where it
 * stopped, and proves what lies there. It fails closed: PIN_MISMATCH for other bytes, which are removed, and
 * PIN_UNREACHABLE for what cannot be had; nothing is ever taken in a pin's place.
 */
export async function pullSnapshot(options: PullOptions): Promise<PullResult> {
  const { directory, concurrency = 8, onProgress = () => undefined } = options;
  const access: ServerAccess = { server: options.server, token: options.token, retry: options.retry };
  const digest = await resolveReference(access, options.reference);
  const before = await readPullRecord(directory);
  if (before && before.digest !== digest) {
    throw new DomainError(
      'CONFLICT',
      `${directory} holds ${before.digest}; pull ${digest} into another folder.`,
    );
  }
  await mkdir(join(directory, 'images'), { recursive: true });
  const header = await pullHeader(access, digest, directory);
  const asked = options.part ? [choosePart(header, options.part)] : null;
  const parts =
    asked && before?.parts !== null ? [...new Set([...(before?.parts ?? []), ...asked])].sort() : null;
  const record = { digest, server: access.server, parts, renderings: before?.renderings ?? [] };
  await writePullRecord(directory, record);

  const folder: SnapshotFolder = { access, directory, digest, header, concurrency };
  const shards = shardCount(header.size) * SHARD_KINDS.length;
  const bring = async () => {
    let done = 0;
    await pullShards(folder, () => {
      done = Math.min(done + 1, shards);
      onProgress({ phase: 'shards', done, total: shards, bytes: 0 });
    });
    return pullImages(folder, parts, onProgress);
  };
  // Shards that lay there may name images that were withdrawn since: they were forgotten then, and are fetched anew, once.
  const counts = await bring().catch((error: unknown) => {
    if (before === undefined || !isOutdated(error)) throw error;
    return bring();
  });
  const rendered = await renderForms(record, options);
  return { digest, dataset: header.dataset, directory, parts, ...counts, rendered };
}

/** Lays out the forms asked for, and anew those that lay there of fewer parts or by another exporter. */
async function renderForms(record: PullRecord, options: PullOptions): Promise<RenderedFolder[]> {
  const { directory, formats = [], truth = EVERYONE } = options;
  const isAskedFor = ({ format, ...of }: RenderingOptions & { format: string }) =>
    formats.includes(format) && of.consensus === truth.consensus && of.annotator === truth.annotator;
  const wanted = [
    ...record.renderings.filter((held) => !isAskedFor(held)),
    ...formats.map((format) => ({ format, ...truth })),
  ];
  const rendered: RenderedFolder[] = [];
  for (const { format, consensus, annotator } of wanted)
    rendered.push(await renderFolder(directory, format, { consensus, annotator }, record.parts));
  const renderings = rendered.map(({ format, version, consensus, annotator, digest }) => ({
    ...{ format, version, consensus, annotator, digest },
  }));
  if (renderings.length > 0) await writePullRecord(directory, { ...record, renderings });
  return rendered;
}

async function pullHeader(access: ServerAccess, digest: string, directory: string): Promise<SnapshotHeader> {
  const path = join(directory, 'snapshot.json');
  const held = await readIfThere(path);
  if (held && snapshotDigest(held) === digest) return parseSnapshotHeader(held);
  const bytes = await getBytes(access, `/snapshots/${digest}`, LARGEST_HEADER);
  if (snapshotDigest(bytes) !== digest) {
    throw new DomainError(
      'PIN_MISMATCH',
      `${access.server} answered for ${digest} with ${snapshotDigest(bytes)}; nothing of it was used.`,
    );
  }
  const header = parseSnapshotHeader(bytes);
  await pullAttestations(access, digest, directory);
  await writeFile(`${path}.part`, bytes);
  await rename(`${path}.part`, path);
  return header;
}

/** What the server signs is kept beside the snapshot for `verify --key`; the pin holds without it, so a server that signs nothing is no fault. */
async function pullAttestations(access: ServerAccess, digest: string, directory: string): Promise<void> {
  try {
    await writeFile(join(directory, ATTESTATIONS_FILE), await fetchAttestations(access, digest));
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'PIN_UNREACHABLE') throw error;
  }
}

type ImageCounts = Pick<PullResult, 'fetched' | 'present' | 'bytes' | 'references' | 'withdrawn'>;

/** What an image that is no longer there fails by. */
function isOutdated(error: unknown): boolean {
  return isDomainError(error) && ['PIN_UNREACHABLE', 'CONFLICT'].includes(error.code);
}

async function pullImages(
  folder: SnapshotFolder,
  parts: readonly string[] | null,
  onProgress: (progress: PullProgress) => void,
): Promise<ImageCounts> {
  const counts = { fetched: 0, present: 0, bytes: 0, references: 0, withdrawn: 0 };
  const total = imagesDue(folder.header, parts);
  const proved = (how: 'fetched' | 'present', { size }: ManifestEntry) => {
    counts[how]++;
    counts.bytes += size!;
    onProgress({ phase: 'images', done: counts.fetched + counts.present, total, bytes: counts.bytes });
  };
  const due = dueImages(folder, parts, counts, (entry) => proved('present', entry));
  await forEachConcurrently(bundleImages(due), folder.concurrency, async (bundle, signal) => {
    const arrived = ({ entry }: DueImage) => proved('fetched', entry);
    try {
      if (bundle.length >= LEAST_BUNDLED) await pullBundle(folder, bundle, parts, signal, arrived);
      else for (const image of bundle) await pullImage(folder, image, signal, arrived);
    } catch (error) {
      if (isOutdated(error)) await forgetShard(folder, Math.floor(bundle[0]!.index / SHARD_LINES));
      throw error;
    }
  });
  return counts;
}

/** The images that are to be brought, in the order of the manifest; PRESENT for one that lies there and was proved. */
async function* dueImages(
  { directory, header }: SnapshotFolder,
  parts: readonly string[] | null,
  counts: { references: number; withdrawn: number },
  onPresent: (entry: ManifestEntry) => void,
): AsyncGenerator<DueImage | 'PRESENT'> {
  const there = new Set(await readdir(join(directory, 'images')));
  let index = -1;
  for await (const { record } of readManifest(directory, header)) {
    index++;
    if ('leaf' in record) counts.withdrawn++;
    else if (!isHeld(record, parts)) continue;
    else if (record.pixels === 'reference') counts.references++;
    else if (there.has(basename(record.path)) && (await isRight(join(directory, record.path), record))) {
      onPresent(record);
      yield 'PRESENT';
    } else yield { index, entry: record };
  }
}

/** Whether a file has the bytes of its image; one that has others is removed. */
async function isRight(path: string, { sha256 }: ManifestEntry): Promise<boolean> {
  const held = await hashFile(path);
  if (held?.sha256 === sha256) return true;
  if (held) await rm(path);
  return false;
}

async function pullImage(
  folder: SnapshotFolder,
  image: DueImage,
  signal: AbortSignal,
  onImage: (image: DueImage) => void,
): Promise<void> {
  const { path, sha256, size } = image.entry;
  const target = join(folder.directory, path);
  const expected = { sha256: sha256!, size: size! };
  await downloadFile(folder.access, { path: `/blobs/sha256/${sha256}`, target, expected, signal });
  onImage(image);
}

function imagesDue(header: SnapshotHeader, parts: readonly string[] | null): number {
  if (parts === null) return header.images.bytes;
  return Object.entries(header.splits)
    .flatMap(([split, { counts }]) => counts.filter(({ part }) => parts.includes(`${split}:${part}`)))
    .reduce((sum, { images }) => sum + images, 0);
}
