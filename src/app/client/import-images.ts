import pLimit from 'p-limit';
import type { ImageDraft } from '../../interchange/import-plan.ts';
import { type ErrorCode, isDomainError } from '../../kernel/errors.ts';
import { forEachConcurrently } from './for-each-concurrently.ts';
import { accepted, ask, PROBLEM } from './graphql.ts';
import { hashFile } from './hash-file.ts';
import type { ServerAccess } from './http.ts';
import {
  addBatch,
  BULK_REPORT,
  type BulkReport,
  type ImportReport,
  type LostCandidate,
  type Progress,
} from './import-report.ts';
import { uploadBlob } from './upload-blob.ts';
import type { LocalFile } from './walk-folder.ts';

const FILES_A_BATCH = 32;
const REFERENCES_A_BATCH = 2_000;
/** While the server decodes one batch, others are hashed and uploaded. */
const BATCHES_IN_FLIGHT = 4;
const FILES_OPEN = 8;

const REGISTER = `mutation Register($input: RegisterImagesInput!) {
  registerImages(input: $input) { ${BULK_REPORT} ${PROBLEM} } }`;

interface HashedFile extends LocalFile {
  readonly digest: string;
}

export interface ImportTarget {
  readonly access: ServerAccess;
  readonly report: ImportReport;
  readonly progress: Progress;
  /** Candidates refused here, for the exclusion ledger. */
  readonly lost: LostCandidate[];
}

/**
 * Registers files by their digests; only those whose bytes the server lacks are sent, so that a repeated import
 * sends what is missing and nothing else. Files at fault are refused one by one.
 */
export async function importFiles(target: ImportTarget, files: readonly LocalFile[]): Promise<void> {
  const open = pLimit(FILES_OPEN);
  target.progress.start('images', files.length);
  await forEachConcurrently(batchesOf(files, FILES_A_BATCH), BATCHES_IN_FLIGHT, async (batch) => {
    const hashed = await Promise.all(batch.map((file) => open(() => hash(target, file))));
    const rows = hashed.filter((file) => file !== null);
    if (rows.length > 0) await registerFiles(target, rows, open);
    target.progress.advance(batch.length);
  });
  target.progress.stop();
}

/** Registers images whose bytes stay where they are. */
export async function importReferences(target: ImportTarget, images: readonly ImageDraft[]): Promise<void> {
  target.progress.start('images', images.length);
  for (const batch of batchesOf(images, REFERENCES_A_BATCH)) {
    const rows = batch.map((image) => ({ ...image, address: image.address ?? addressOf(image.name) }));
    addBatch(target.report, 'images', await register(target, rows), (row) => ({ file: batch[row]!.name }));
    target.progress.advance(batch.length);
  }
  target.progress.stop();
}

export function* batchesOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** Where a source gives no address, the name alone says which file is meant. */
function addressOf(name: string): string {
  return `urn:holotype:name:${encodeURIComponent(name)}`;
}

async function hash(target: ImportTarget, file: LocalFile): Promise<HashedFile | null> {
  try {
    const hashed = await hashFile(file.path);
    if (!hashed) return refuse(target, file.name, 'MALFORMED_FILE', `"${file.name}": there is no such file.`);
    if (hashed.size === 0) return refuse(target, file.name, 'EMPTY_FILE', `"${file.name}" has no bytes.`);
    return { ...file, digest: hashed.sha256 };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return refuse(target, file.name, 'MALFORMED_FILE', `"${file.name}" cannot be read (${code}).`);
  }
}

function refuse({ report, lost }: ImportTarget, file: string, code: ErrorCode, message: string): null {
  report.refused.push({ file, code, message });
  lost.push({ name: file, code, message });
  return null;
}

async function registerFiles(
  target: ImportTarget,
  files: readonly HashedFile[],
  open: ReturnType<typeof pLimit>,
): Promise<void> {
  const first = await register(target, files);
  const missing = new Set(first.refused.filter(({ code }) => code === 'BLOB_MISSING').map(({ row }) => row));
  const refused = first.refused.filter(({ row }) => !missing.has(row));
  addBatch(target.report, 'images', { ...first, refused }, (row) => ({ file: files[row]!.name }));
  if (missing.size === 0) return;

  const lacking = files.filter((_, row) => missing.has(row));
  const paths = new Map(lacking.map(({ digest, path }) => [digest, path]));
  const faults = new Map<string, { code: ErrorCode; message: string }>();
  const uploads = [...paths].map(([digest, path]) =>
    open(async () => {
      const fault = await uploadFault(target.access, path, digest);
      if (fault) faults.set(digest, fault);
    }),
  );
  for (const outcome of await Promise.allSettled(uploads))
    if (outcome.status === 'rejected') throw outcome.reason;
  for (const { name, digest } of lacking) {
    const fault = faults.get(digest);
    if (fault) refuse(target, name, fault.code, `"${name}": ${fault.message}`);
  }
  const sent = lacking.filter(({ digest }) => !faults.has(digest));
  if (sent.length === 0) return;
  addBatch(target.report, 'images', await register(target, sent), (row) => ({ file: sent[row]!.name }));
}

/** What is wrong with the file itself; what is wrong with the request or the server is thrown. */
async function uploadFault(access: ServerAccess, path: string, digest: string) {
  try {
    await uploadBlob(access, path, digest);
    return null;
  } catch (error) {
    if (isDomainError(error) && (error.code === 'DIGEST_MISMATCH' || error.code === 'BLOB_TOO_LARGE'))
      return { code: error.code, message: error.message };
    const cause = (error as NodeJS.ErrnoException).code;
    if (cause === 'ENOENT' || cause === 'EACCES')
      return { code: 'MALFORMED_FILE' as const, message: `the file cannot be read any more (${cause}).` };
    throw error;
  }
}

async function register(
  { access, report }: ImportTarget,
  images: readonly (ImageDraft & { digest?: string })[],
): Promise<BulkReport> {
  const rows = images.map(({ name, digest, address, mediaType, size, width, height }) =>
    address === undefined ? { name, digest } : { name, digest, address, mediaType, size, width, height },
  );
  const answer = await ask<{ registerImages: BulkReport }>(access, REGISTER, {
    input: { dataset: report.dataset, images: rows },
  });
  return accepted(answer.registerImages);
}
