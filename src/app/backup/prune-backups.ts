import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { backupNames, blobsOf, readBackup } from './backup-folder.ts';

/** Removes the backups that have expired, then every blob that no other backup names. */
export async function pruneBackups(folder: string, now: Date): Promise<string[]> {
  const removed: string[] = [];
  const held = new Set<string>();
  for (const name of await backupNames(folder)) {
    if (Date.parse((await readBackup(folder, name)).expiresAt) > now.getTime()) {
      for await (const { digest } of blobsOf(folder, name)) held.add(digest);
      continue;
    }
    await rm(join(folder, name), { recursive: true });
    removed.push(name);
  }
  await removeBlobsBut(join(folder, 'blobs', 'sha256'), held);
  return removed;
}

/** Halves of files, which a backup that was cut off left, go too. */
async function removeBlobsBut(root: string, held: ReadonlySet<string>): Promise<void> {
  const starts = await readdir(root).catch(() => []);
  for (const start of starts)
    for (const rest of await readdir(join(root, start)))
      if (!held.has(start + rest)) await rm(join(root, start, rest));
}
