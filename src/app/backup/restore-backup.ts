import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ormOptions } from '../../../ormconfig.ts';
import { DomainError, isDomainError } from '../../kernel/errors.ts';
import type { BlobStore } from '../../platform/blob-store.ts';
import { lockDataFolder } from '../../platform/data-folder-lock.ts';
import { openDatabase } from '../../platform/database.ts';
import { isUntouched, loadDump } from '../../platform/load-dump.ts';
import { forEachConcurrently } from '../client/for-each-concurrently.ts';
import type { Progress } from '../client/import-report.ts';
import type { Configuration } from '../configuration.ts';
import { openBlobStore } from '../open-blob-store.ts';
import {
  type Backup,
  backupNames,
  blobPath,
  blobsOf,
  checkSums,
  dumpLines,
  readBackup,
} from './backup-folder.ts';

const AT_ONCE = 8;

/**
 * Brings a backup back, into an empty place of either kind: the configuration says which. Blobs come first and the database
 * at the end, in one transaction, so that what was cut off is nothing, and the same command goes on.
 */
export async function restoreBackup(
  configuration: Configuration,
  options: {
    readonly folder: string;
    readonly name?: string;
    readonly now?: () => Date;
    readonly progress: Progress;
  },
): Promise<Backup & { readonly name: string }> {
  const { folder, now = () => new Date(), progress } = options;
  const names = await backupNames(folder);
  const name = options.name ?? names.at(-1);
  if (name === undefined) throw new DomainError('NOT_FOUND', `${folder} holds no whole backup.`);
  if (!names.includes(name))
    throw new DomainError('NOT_FOUND', `${folder} holds no backup "${name}"; it holds ${names.join(', ')}.`);
  await checkSums(join(folder, name));
  const backup = await readBackup(folder, name);
  refuseExpired(name, backup, now());
  refuseNewer(name, backup);
  await mkdir(configuration.dataFolder, { recursive: true, mode: 0o700 });
  const lock = configuration.databaseUrl === null ? await lockDataFolder(configuration.dataFolder) : null;
  try {
    await restoreInto(configuration, { folder, name, backup, progress });
  } finally {
    await lock?.release();
  }
  return { ...backup, name };
}

function refuseExpired(name: string, { expiresAt }: Backup, now: Date): void {
  if (Date.parse(expiresAt) > now.getTime()) return;
  throw new DomainError(
    'BAD_INPUT',
    `The backup ${name} expired at ${expiresAt}: it may hold what was withdrawn since. Restore a younger one.`,
  );
}

/** The tables are made as they were then; the server's next start brings them up to date. */
function refuseNewer(name: string, { migrations }: Backup): void {
  const known = new Set(migrationClasses().map((migration) => migration.name));
  const unknown = migrations.find((migration) => !known.has(migration));
  if (unknown === undefined) return;
  throw new DomainError(
    'BAD_INPUT',
    `The backup ${name} was made by a newer version ("${unknown}" is unknown here); restore it with that one.`,
  );
}

async function restoreInto(
  configuration: Configuration,
  { folder, name, backup, progress }: { folder: string; name: string; backup: Backup; progress: Progress },
): Promise<void> {
  const { databaseUrl, dataFolder } = configuration;
  const place = databaseUrl === null ? { folder: join(dataFolder, 'database') } : { url: databaseUrl };
  const had = new Set(backup.migrations);
  const database = await openDatabase(place, (address) => ({
    ...ormOptions(address),
    migrations: migrationClasses().filter((migration) => had.has(migration.name)),
  }));
  try {
    if (!(await isUntouched(database.db)))
      throw new DomainError(
        'CONFLICT',
        `The database of this server is in use already; give an empty one by DATABASE_URL or --data-dir.`,
      );
    const blobs = await openBlobStore(configuration);
    try {
      await restoreBlobs(blobs, folder, name, { progress, total: backup.blobs.count });
    } finally {
      await blobs.close();
    }
    await loadDump(database.db, withoutHeader(dumpLines(join(folder, name, 'database.jsonl.gz'))));
  } finally {
    await database.close();
  }
}

async function restoreBlobs(
  blobs: BlobStore,
  folder: string,
  name: string,
  { progress, total }: { progress: Progress; total: number },
): Promise<void> {
  progress.start('blobs', total);
  await forEachConcurrently(blobsOf(folder, name), AT_ONCE, async ({ digest }) => {
    const path = blobPath(folder, digest);
    await blobs.put(createReadStream(path), { expected: digest }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        throw new DomainError('DIGEST_MISMATCH', `${path} is not there; restore another backup.`);
      if (isDomainError(error) && error.code === 'DIGEST_MISMATCH')
        throw new DomainError(
          'DIGEST_MISMATCH',
          `${path} is not what was backed up; restore another backup.`,
        );
      throw error;
    });
    progress.advance(1);
  });
  progress.stop();
}

async function* withoutHeader(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const line of lines) {
    if (!isFirst) yield line;
    isFirst = false;
  }
}

// biome-ignore lint/complexity/noBannedTypes: TypeORM's own type of a migration's class.
function migrationClasses(): Function[] {
  // biome-ignore lint/complexity/noBannedTypes: as above.
  return ormOptions({ url: 'postgres://localhost' }).migrations as Function[];
}
