import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '../kernel/errors.ts';

interface Holder {
  readonly pid: number;
  /** Start time of the process in clock ticks (Linux), so that a reused pid is not mistaken for the holder. */
  readonly startTime: string | null;
  readonly token: string;
  url: string | null;
}

export interface DataFolderLock {
  /** Writes where the server listens, for the command line on the same machine. */
  announce(url: string): Promise<void>;
  release(): Promise<void>;
}

/** Two processes on one embedded database lose rows silently, so the second one is refused. Survives `kill -9`. */
export async function lockDataFolder(folder: string): Promise<DataFolderLock> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'server.json');
  const holder: Holder = {
    pid: process.pid,
    startTime: await startTimeOf(process.pid),
    token: randomUUID(),
    url: null,
  };
  while (!(await created(path, holder))) {
    const other = await readHolder(folder);
    if (other && (await isAlive(other))) {
      throw new DomainError(
        'DATA_FOLDER_IN_USE',
        `The data folder ${folder} is in use by process ${other.pid}${other.url ? ` at ${other.url}` : ''}; stop it, or give this server another --data-dir.`,
      );
    }
    await rename(path, `${path}.${holder.token}`).catch(() => {});
    await rm(`${path}.${holder.token}`, { force: true });
  }
  // Two servers that found the same dead holder at once: the file names one of them, the other steps back.
  await sleep(50);
  if ((await readHolder(folder))?.token !== holder.token) return lockDataFolder(folder);
  return {
    async announce(url) {
      holder.url = url;
      await writeFile(path, JSON.stringify(holder), { mode: 0o600 });
    },
    async release() {
      if ((await readHolder(folder))?.token === holder.token) await rm(path, { force: true });
    },
  };
}

/** Who holds the folder, if its file can be read. */
export async function readHolder(folder: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(join(folder, 'server.json'), 'utf8')) as Holder;
  } catch {
    return null;
  }
}

async function created(path: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const startTime = await startTimeOf(holder.pid);
  return startTime === null || holder.startTime === null || startTime === holder.startTime;
}

async function startTimeOf(pid: number): Promise<string | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
