import { createReadStream } from 'node:fs';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { DomainError } from '../../kernel/errors.ts';
import { splitLines } from '../../kernel/split-lines.ts';
import { hashFile } from '../client/hash-file.ts';

/**
 * A folder of backups: a folder for each, named by its time, and the blobs of all of them together, each there once:
 *
 *     2026-11-23T05-20-59.123Z/  backup.json  database.jsonl.gz  blobs.jsonl  SHA256SUMS
 *     blobs/sha256/ab/cdef…
 */
export const FILES = ['backup.json', 'database.jsonl.gz', 'blobs.jsonl'] as const;
export const SUMS = 'SHA256SUMS';
export const BACKUP_FORMAT = 'holotype-backup/1';

/** What backup.json says. */
export interface Backup {
  readonly format: typeof BACKUP_FORMAT;
  readonly createdAt: string;
  /** From then on it is refused, and removed by the next backup: what was withdrawn must not live on in backups. */
  readonly expiresAt: string;
  readonly software: Readonly<Record<string, string>>;
  readonly migrations: readonly string[];
  readonly rows: number;
  readonly blobs: { readonly count: number; readonly bytes: number };
}

export interface StoredBlobLine {
  readonly digest: string;
  readonly size: number;
}

export function nameOf(createdAt: string): string {
  return createdAt.replaceAll(':', '-');
}

export function blobPath(folder: string, digest: string): string {
  return join(folder, 'blobs', 'sha256', digest.slice(0, 2), digest.slice(2));
}

/** The names of the whole backups of a folder, oldest first. */
export async function backupNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/.test(name)).sort();
}

export async function readBackup(folder: string, name: string): Promise<Backup> {
  const path = join(folder, name, 'backup.json');
  const backup = JSON.parse(await readFile(path, 'utf8')) as Backup;
  if (backup.format !== BACKUP_FORMAT)
    throw new DomainError('MALFORMED_FILE', `${path}: "${backup.format}" is not ${BACKUP_FORMAT}.`);
  return backup;
}

export async function* blobsOf(folder: string, name: string): AsyncGenerator<StoredBlobLine> {
  const path = join(folder, name, 'blobs.jsonl');
  for await (const line of splitLines(createReadStream(path), path))
    yield JSON.parse(line.toString('utf8')) as StoredBlobLine;
}

/** The lines of the dump, decompressed as they are read. */
export async function* dumpLines(path: string): AsyncGenerator<string> {
  const bytes = createReadStream(path).pipe(createGunzip());
  try {
    for await (const line of splitLines(bytes, path)) yield line.toString('utf8');
  } finally {
    bytes.destroy();
  }
}

/** As `sha256sum` writes them and checks them. */
export async function writeSums(path: string): Promise<void> {
  const sums = [];
  for (const file of FILES) sums.push(`${(await hashFile(join(path, file)))!.sha256}  ${file}\n`);
  await writeFile(join(path, SUMS), sums.join(''));
}

/** Refuses a backup one of whose files is not what was written, by that file's name. */
export async function checkSums(path: string): Promise<void> {
  const text = await readFile(join(path, SUMS), 'utf8');
  const sums = new Map(text.split('\n').map((line) => [line.slice(66), line.slice(0, 64)]));
  for (const file of FILES) {
    const found = await hashFile(join(path, file));
    if (found === undefined || found.sha256 !== sums.get(file))
      throw new DomainError(
        'DIGEST_MISMATCH',
        `${join(path, file)} is ${found === undefined ? 'not there' : 'not what was backed up'}; restore another backup.`,
      );
  }
}

/** One backup at a time into a folder; a process that died leaves no lock. */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, 'lock');
  for (let isFirst = true; ; isFirst = false) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(await readFile(path, 'utf8').catch(() => ''));
      if (!isFirst || (holder > 0 && isAlive(holder)))
        throw new DomainError(
          'CONFLICT',
          `${folder} is being written by process ${holder}; wait for it, or remove ${path} if it is of another machine that died.`,
        );
      await rm(path, { force: true });
    }
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    () => null,
  );
}
