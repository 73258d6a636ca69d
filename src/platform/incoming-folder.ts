import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What a crash left; younger files may be another server's, which shares the folder and still writes them. */
const LEFT_BEHIND_MS = 24 * 60 * 60 * 1000;

/** A folder for bytes on their way. What was left behind there a day ago or earlier is removed first. */
export async function incomingFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await clearIncoming(folder);
  return folder;
}

/** Removes what was left behind there a day ago or earlier. */
export async function clearIncoming(folder: string): Promise<void> {
  const before = Date.now() - LEFT_BEHIND_MS;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found && found.mtimeMs < before) await rm(path, { recursive: true, force: true });
  }
}

/** Writes bytes to a new file of the folder, lends its path, and removes what is then still there. */
export async function withIncoming<T>(
  folder: string,
  bytes: AsyncIterable<Uint8Array>,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const path = join(folder, randomBytes(16).toString('hex'));
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      for await (const chunk of bytes) await file.writeFile(chunk);
      await file.datasync();
    } finally {
      await file.close();
    }
    return await use(path);
  } finally {
    await rm(path, { force: true });
  }
}
