import { readFile, rename, writeFile } from 'node:fs/promises';
import { compareText } from '../../kernel/compare-text.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { PullRecord } from './pull-record.ts';
import type { FolderRendering } from './render-folder.ts';

/** What a training code was pinned to: one snapshot in one folder. */
export interface LockedPull {
  /** As it was asked for: `sha256:HEX`, `SLUG@TAG` or `SLUG@sha256:HEX`. */
  readonly reference: string;
  readonly digest: string;
  readonly server: string;
  /** Relative to the lock file. */
  readonly directory: string;
  /** `SPLIT:PART` each; null: every image. */
  readonly parts: readonly string[] | null;
  readonly renderings: readonly FolderRendering[];
}

interface LockFile {
  readonly version: 1;
  readonly pulls: readonly LockedPull[];
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The pulls that a lock file holds; none where there is no such file. */
export async function readLockFile(path: string): Promise<readonly LockedPull[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return [];
  try {
    const { version, pulls } = JSON.parse(text) as LockFile;
    if (version === 1 && pulls.every(({ digest, directory }) => DIGEST.test(digest) && directory !== ''))
      return pulls;
  } catch {
    // Refused below, with what the file should be.
  }
  throw new DomainError(
    'MALFORMED_FILE',
    `${path} is not a lock file of this version; restore it, or pull with --lock anew.`,
  );
}

/** Writes what a folder now holds in place of what the lock file said of it; sorted, so that two of them can be compared by lines. */
export async function writeLockFile(path: string, pull: LockedPull): Promise<void> {
  const others = (await readLockFile(path)).filter(({ directory }) => directory !== pull.directory);
  const pulls = [...others, pull].sort((a, b) => compareText(a.directory, b.directory));
  await writeFile(`${path}.part`, `${JSON.stringify({ version: 1, pulls } satisfies LockFile, null, 2)}\n`);
  await rename(`${path}.part`, path);
}

export interface FrozenWish {
  readonly reference: string;
  /** Relative to the lock file. */
  readonly directory: string;
  readonly part: string | null;
  readonly formats: readonly string[];
}

/**
 * The locked pull that a wish means. Whatever is not in the lock file is refused with PIN_MISMATCH: another folder, another reference or
 * digest, another part or form.
 */
export function lockedPull(pulls: readonly LockedPull[], wish: FrozenWish): LockedPull {
  const refuse = (what: string) => {
    throw new DomainError(
      'PIN_MISMATCH',
      `--frozen: ${what} is not in the lock file; pull without --frozen to change it.`,
    );
  };
  const held = pulls.find(({ directory }) => directory === wish.directory);
  if (!held) return refuse(`the folder ${wish.directory}`);
  const digest = /sha256:[0-9a-f]{64}$/.exec(wish.reference)?.[0] ?? null;
  if (digest === null ? held.reference !== wish.reference : held.digest !== digest)
    return refuse(`${wish.reference} (it has ${held.reference}, ${held.digest}, in ${held.directory})`);
  const { part } = wish;
  const isPart = (name: string) => name === part || name.slice(name.indexOf(':') + 1) === part;
  if (part !== null && !(held.parts ?? []).some(isPart)) return refuse(`the part ${part}`);
  for (const format of wish.formats)
    if (!held.renderings.some((rendering) => rendering.format === format))
      return refuse(`the form ${format}`);
  return held;
}

/** Refuses a folder that came out other than the lock file says. */
export function checkAgainstLock(held: LockedPull, record: PullRecord): void {
  const differing = held.renderings.find((locked) => {
    const made = record.renderings.find(
      ({ format, consensus, annotator }) =>
        format === locked.format && consensus === locked.consensus && annotator === locked.annotator,
    );
    return made?.digest !== locked.digest;
  });
  if (differing)
    throw new DomainError(
      'PIN_MISMATCH',
      `--frozen: ${differing.format} of ${held.digest} came out as other bytes than the lock file says (exporter ${differing.version} wrote those).`,
    );
}
