import { dirname, relative, resolve, sep } from 'node:path';
import { DomainError } from '../../kernel/errors.ts';
import type { RenderingOptions } from '../../renderings/rendering.ts';
import {
  checkAgainstLock,
  type LockedPull,
  lockedPull,
  readLockFile,
  writeLockFile,
} from '../client/lock-file.ts';
import { readPullRecord } from '../client/pull-record.ts';
import {
  type PullOptions,
  type PullProgress,
  type PullResult,
  pullSnapshot,
} from '../client/pull-snapshot.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';
import { terminalProgress } from './terminal-progress.ts';

interface PullCommandOptions extends AccessOptions {
  readonly part?: string;
  readonly format?: readonly string[];
  readonly consensus?: string;
  readonly annotator?: string;
  readonly lock?: string | true;
  readonly frozen?: boolean;
}

const LOCK_FILE = 'holotype.lock';

/** Brings a snapshot into a folder; without one all that the lock file holds. */
export async function pull(
  reference: string | undefined,
  directory: string | undefined,
  options: PullCommandOptions,
): Promise<void> {
  const lock = options.lock === undefined && !options.frozen && reference ? null : lockPath(options);
  const results = [];
  if (reference === undefined) {
    const pulls = await readLockFile(lock!);
    if (pulls.length === 0)
      throw new DomainError('BAD_INPUT', `${lock} holds no pull; give a reference and a folder, and --lock.`);
    for (const held of pulls) results.push(await pullLocked(held, lock!, options));
  } else {
    if (directory === undefined)
      throw new DomainError('BAD_INPUT', `${reference}: give the folder to bring it into as well.`);
    results.push(await pullOne(reference, directory, lock, options));
  }
  if (options.json) return printJson(results.length === 1 && reference ? results[0] : results);
  for (const result of results) tell(result);
}

async function pullOne(
  reference: string,
  directory: string,
  lock: string | null,
  options: PullCommandOptions,
): Promise<PullResult> {
  const { part = null, format = [], frozen, consensus = null, annotator = null } = options;
  const truth: RenderingOptions = { consensus, annotator };
  if (frozen) {
    const wish = { reference, directory: inLock(lock!, directory), part, formats: format };
    return pullLocked(lockedPull(await readLockFile(lock!), wish), lock!, options);
  }
  const result = await withProgress(options, { reference, directory, part, formats: format, truth });
  if (lock === null) return result;
  const { digest, server, parts, renderings } = (await readPullRecord(directory))!;
  const place = inLock(lock, directory);
  await writeLockFile(lock, { reference, digest, server, directory: place, parts, renderings });
  return result;
}

/** Exactly what the lock file says, under its digest; no tag is asked for. */
async function pullLocked(held: LockedPull, lock: string, options: PullCommandOptions): Promise<PullResult> {
  const { digest, renderings, parts } = held;
  const directory = resolve(dirname(lock), held.directory);
  let result: PullResult | undefined;
  for (const part of parts ?? [null])
    result = await withProgress(options, { reference: digest, directory, part });
  for (const { format, consensus, annotator } of renderings) {
    const truth = { consensus, annotator };
    result = await withProgress(options, {
      reference: digest,
      directory,
      part: parts?.[0],
      formats: [format],
      truth,
    });
  }
  checkAgainstLock(held, (await readPullRecord(directory))!);
  return result!;
}

async function withProgress(
  options: PullCommandOptions,
  wish: Omit<PullOptions, 'server' | 'token' | 'onProgress'>,
): Promise<PullResult> {
  const bar = terminalProgress();
  let last: PullProgress | null = null;
  const onProgress = (now: PullProgress) => {
    if (last?.phase !== now.phase) {
      bar.stop();
      bar.start(now.phase, now.total);
    }
    bar.advance(now.done - (last?.phase === now.phase ? last.done : 0));
    last = now;
  };
  try {
    return await pullSnapshot({ ...(await accessOf(options)), ...wish, onProgress });
  } finally {
    bar.stop();
  }
}

function lockPath({ lock }: PullCommandOptions): string {
  return resolve(typeof lock === 'string' ? lock : LOCK_FILE);
}

/** The folder as the lock file names it, with slashes wherever it was written. */
function inLock(lock: string, directory: string): string {
  return relative(dirname(lock), resolve(directory)).split(sep).join('/') || '.';
}

function tell({
  digest,
  fetched,
  present,
  bytes,
  directory,
  references,
  withdrawn,
  rendered,
}: PullResult): void {
  print(digest);
  print(`${fetched} images fetched, ${present} already there; ${bytes} bytes proved, in ${directory}`);
  if (references > 0) print(`${references} images lie elsewhere; their pixels are not pinned.`);
  if (withdrawn > 0) print(`${withdrawn} images were withdrawn.`);
  for (const { format, directory: folder, files, losses, limits } of rendered) {
    print(`${format}: ${files} files in ${folder}`);
    for (const { what, count, message } of losses) print(`  lost: ${what} (${count}): ${message}`);
    for (const limit of limits) print(`  never in it: ${limit}`);
  }
}
