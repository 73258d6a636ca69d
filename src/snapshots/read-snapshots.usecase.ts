import type { Readable } from 'node:stream';
import { visibleDataset } from '../catalogue/dataset.store.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { appendAuditEvent } from '../governance/audit.store.ts';
import { may } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import { decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import { DIGEST_PREFIX, type Snapshot } from './snapshot.ts';
import {
  findSnapshotFile,
  findTag,
  listDigestsFrom,
  listSnapshotFiles,
  listSnapshotRows,
  listTags,
  type SnapshotFile,
  visibleSnapshot,
} from './snapshots.store.ts';

/** A published snapshot; what may not be fetched is not there, whoever asks. */
export function readSnapshot(context: Context, digest: string): Promise<Snapshot> {
  return visibleSnapshot(context, digest);
}

export async function listSnapshots(
  context: Context,
  dataset: Dataset,
  request: PageRequest,
): Promise<Page<Snapshot>> {
  const after = decodeCursor(request, isSnapshotKey);
  const rows = await listSnapshotRows(context.db, dataset.id, after, pageSize(request) + 1);
  return toPage(rows, request, ({ publishedAt, digest }) => ({ at: publishedAt.toISOString(), digest }));
}

function isSnapshotKey(key: unknown): key is { at: string; digest: string } {
  const { at, digest } = (key ?? {}) as { at?: unknown; digest?: unknown };
  return (
    typeof at === 'string' &&
    /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(at) &&
    !Number.isNaN(Date.parse(at)) &&
    typeof digest === 'string'
  );
}

export async function readTags(
  context: Context,
  digests: readonly string[],
): Promise<{ digest: string; tag: string }[]> {
  return listTags(context.db, digests);
}

export async function readSnapshotFiles(
  context: Context,
  digests: readonly string[],
): Promise<(SnapshotFile & { readonly snapshot: string })[]> {
  return listSnapshotFiles(context.db, digests);
}

export async function resolveTag(context: Context, slug: string, tag: string): Promise<string> {
  const dataset = await visibleDataset(context, slug);
  const digest = await findTag(context.db, dataset.id, tag);
  if (!digest) throw new DomainError('NOT_FOUND', `${slug} has no tag "${tag}".`);
  return digest;
}

/** The one snapshot that this token may fetch whose digest begins so. */
export async function resolveDigestPrefix(context: Context, text: string): Promise<string> {
  context.decisions.add('snapshot.fetch');
  const { actor } = context;
  if (!actor)
    throw new DomainError(
      'UNAUTHENTICATED',
      'Looking a snapshot up needs a token; none came with the request.',
    );
  const prefix = `sha256:${DIGEST_PREFIX.exec(text)![1]}`;
  const found = (await listDigestsFrom(context.db, prefix)).filter(({ datasetId }) =>
    may(actor, 'snapshot.fetch', datasetScope(datasetId)),
  );
  if (found.length === 0)
    throw new DomainError('NOT_FOUND', `No snapshot known to this token begins with ${prefix}.`);
  if (found.length > 1)
    throw new DomainError(
      'CONFLICT',
      `${found.length} snapshots begin with ${prefix}; give more of the digest.`,
    );
  return found[0]!.digest;
}

export interface ServedFile {
  readonly name: string;
  readonly digest: string;
  readonly size: number;
  readonly mediaType: string;
  read(range?: { start: number; end: number }): Readable | Buffer;
  redirect?(): Promise<string | null>;
  readonly asksAgain?: boolean;
}

/** The header (`name` null) or a shard of a snapshot. */
export async function openSnapshotFile(
  context: Context,
  digest: string,
  name: string | null,
): Promise<ServedFile> {
  const snapshot = await readSnapshot(context, digest);
  if (name === null) {
    const bytes = Buffer.from(snapshot.header, 'utf8');
    return {
      name: 'snapshot.json',
      digest: snapshot.digest.slice('sha256:'.length),
      size: bytes.length,
      mediaType: 'application/json',
      read: (range) => (range ? bytes.subarray(range.start, range.end + 1) : bytes),
    };
  }
  const file = await findSnapshotFile(context.db, snapshot.digest, name);
  if (!file) throw new DomainError('NOT_FOUND', `The snapshot ${snapshot.digest} has no file "${name}".`);
  const mediaType = 'application/jsonl';
  return {
    ...file,
    mediaType,
    asksAgain: true, // lines of withdrawn images give way to tombstones
    read: (range) => context.blobs.read(file.digest, range),
    redirect: () => context.blobs.signedAddress(file.digest, mediaType),
  };
}

/** Law 8: a fetch is on the record, first that it was tried, then how it ended. */
export async function recordFetch(
  context: Context,
  fetch: { digest: string; file: string; phase: 'ATTEMPT' | 'SUCCEEDED' | 'FAILED'; detail?: object },
): Promise<void> {
  const entry = {
    action: 'snapshot.fetch',
    subject: `snapshot:${fetch.digest}`,
    detail: { file: fetch.file, ...fetch.detail },
  };
  await appendAuditEvent(context, entry, fetch.phase);
}
