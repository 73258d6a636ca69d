import { makeBackup } from '../backup/make-backup.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';
import { terminalProgress } from './terminal-progress.ts';

interface BackupOptions extends AccessOptions {
  readonly retain: number;
}

/** Backs a running server up into a folder, beside the backups that are there and have not expired. */
export async function backup(folder: string, { retain, ...options }: BackupOptions): Promise<void> {
  const made = await makeBackup(await accessOf(options), {
    folder,
    retainMilliseconds: retain,
    progress: terminalProgress(),
  });
  if (options.json) return printJson(made);
  const { name, rows, blobs, copied, expiresAt, removed } = made;
  print(`${name}: ${rows} rows and ${blobs.count} blobs, ${copied} of them new; expires ${expiresAt}`);
  for (const old of removed) print(`${old} had expired and was removed`);
}
