import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DomainError, isDomainError } from '../../kernel/errors.ts';
import { splitLines } from '../../kernel/split-lines.ts';
import { DUMP_FORMAT, type DumpEnd, type DumpHeader } from '../../platform/database-dump.ts';
import { gaugedBytes } from '../../platform/gauged-bytes.ts';
import { forEachConcurrently } from '../client/for-each-concurrently.ts';
import { bodyOf, get, type ServerAccess, withRetries } from '../client/http.ts';
import type { Progress } from '../client/import-report.ts';
import {
  BACKUP_FORMAT,
  type Backup,
  blobPath,
  dumpLines,
  nameOf,
  type StoredBlobLine,
  sizeOf,
  withLock,
  writeSums,
} from './backup-folder.ts';
import { pruneBackups } from './prune-backups.ts';

export interface BackupMade extends Backup {
  readonly name: string;
  /** Blobs that no earlier backup of the folder held. */
  readonly copied: number;
  /** Earlier backups that had expired. */
  readonly removed: readonly string[];
}

const AT_ONCE = 8;

/**
 * Fetches everything from a running server: the database as of one moment, then the blobs that are not in the folder yet.
 * A blob is never changed, so that those listed after the dump are at least all that the dump names.
 */
export async function makeBackup(
  access: ServerAccess,
  options: {
    readonly folder: string;
    readonly retainMilliseconds: number;
    readonly now?: () => Date;
    readonly progress: Progress;
  },
): Promise<BackupMade> {
  const { folder, retainMilliseconds, now = () => new Date(), progress } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return withLock(folder, async () => {
    const part = join(folder, 'unfinished');
    await rm(part, { recursive: true, force: true });
    await mkdir(part, { mode: 0o700 });
    const { header, end } = await fetchDump(access, join(part, 'database.jsonl.gz'));
    const { blobs, copied } = await fetchBlobs(access, folder, join(part, 'blobs.jsonl'), progress);
    const backup: Backup = {
      format: BACKUP_FORMAT,
      createdAt: header.at,
      expiresAt: new Date(Date.parse(header.at) + retainMilliseconds).toISOString(),
      software: header.software,
      migrations: header.migrations,
      rows: Object.values(end.rows).reduce((sum, count) => sum + count, 0),
      blobs: { count: blobs.length, bytes: blobs.reduce((sum, { size }) => sum + size, 0) },
    };
    await writeFile(join(part, 'backup.json'), `${JSON.stringify(backup, null, 2)}\n`);
    await writeSums(part);
    const name = nameOf(header.at);
    await rename(part, join(folder, name));
    return { ...backup, name, copied, removed: await pruneBackups(folder, now()) };
  });
}

async function fetchDump(access: ServerAccess, path: string): Promise<{ header: DumpHeader; end: DumpEnd }> {
  await withRetries(access, async () =>
    pipeline(bodyOf(await get(access, '/backup/database')), createWriteStream(path, { mode: 0o600 })),
  );
  let [first, last] = ['', ''];
  for await (const line of dumpLines(path)) {
    if (first === '') first = line;
    last = line;
  }
  const header = first.startsWith('{"format":') ? (JSON.parse(first) as DumpHeader) : null;
  if (header?.format !== DUMP_FORMAT || !last.startsWith('{"rows":'))
    throw new DomainError('MALFORMED_FILE', `${access.server} sent no whole dump of its database.`);
  return { header, end: JSON.parse(last) as DumpEnd };
}

async function fetchBlobs(
  access: ServerAccess,
  folder: string,
  listPath: string,
  progress: Progress,
): Promise<{ blobs: StoredBlobLine[]; copied: number }> {
  const listed: StoredBlobLine[] = [];
  const lines = splitLines(bodyOf(await get(access, '/backup/blobs')), 'the list of blobs');
  for await (const line of lines) listed.push(JSON.parse(line.toString('utf8')) as StoredBlobLine);
  const gone = new Set<string>();
  let copied = 0;
  progress.start('blobs', listed.length);
  await forEachConcurrently(listed, AT_ONCE, async ({ digest, size }) => {
    const path = blobPath(folder, digest);
    if ((await sizeOf(path)) !== size) {
      if (await fetchBlob(access, digest, path)) copied += 1;
      else gone.add(digest);
    }
    progress.advance(1);
  });
  progress.stop();
  const blobs = listed.filter(({ digest }) => !gone.has(digest));
  await writeFile(listPath, blobs.map((blob) => `${JSON.stringify(blob)}\n`).join(''));
  return { blobs, copied };
}

/** False: it was withdrawn since it was listed. */
async function fetchBlob(access: ServerAccess, digest: string, path: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const part = `${path}.part`;
  try {
    await withRetries(access, async () => {
      const body = bodyOf(await get(access, `/backup/blobs/${digest}`));
      await pipeline(gaugedBytes(body, { expected: digest }).bytes, createWriteStream(part, { mode: 0o600 }));
    });
  } catch (error) {
    await rm(part, { force: true });
    if (isDomainError(error) && error.code === 'PIN_UNREACHABLE' && (await isGone(access, digest)))
      return false;
    throw error;
  }
  await rename(part, path);
  return true;
}

async function isGone(access: ServerAccess, digest: string): Promise<boolean> {
  const response = await fetch(`${access.server.replace(/\/+$/, '')}/backup/blobs/${digest}`, {
    method: 'HEAD',
    headers: { authorization: `Bearer ${access.token}` },
  }).catch(() => null);
  return response?.status === 404;
}
