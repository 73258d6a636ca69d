import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../kernel/errors.ts';
import type { ManifestEntry } from '../../snapshots/manifest-line.ts';
import type { SnapshotHeader } from '../../snapshots/snapshot-header.ts';
import { readIfThere } from './read-if-there.ts';
import type { FolderRendering } from './render-folder.ts';

/** `pull.json`: what a folder was asked to hold. `parts`: `SPLIT:PART` each, or null for every image. */
export interface PullRecord {
  readonly digest: string;
  readonly server: string;
  readonly parts: readonly string[] | null;
  /** Forms of the snapshot that lie beside it. */
  readonly renderings: readonly FolderRendering[];
}

/** Reads `pull.json`; undefined where there is none. */
export async function readPullRecord(directory: string): Promise<PullRecord | undefined> {
  const path = join(directory, 'pull.json');
  const bytes = await readIfThere(path);
  if (!bytes) return undefined;
  try {
    const { digest, server, parts, renderings = [] } = JSON.parse(bytes.toString('utf8')) as PullRecord;
    const texts = [digest, server, ...(parts ?? []), ...renderings.map(({ format }) => format)];
    if (texts.every((value) => typeof value === 'string') && (parts === null || Array.isArray(parts)))
      return { digest, server, parts, renderings };
  } catch {
    // Refused below, with what the file should be.
  }
  throw new DomainError('MALFORMED_FILE', `${path} is not a pull record; remove it and pull again.`);
}

export async function writePullRecord(directory: string, record: PullRecord): Promise<void> {
  const path = join(directory, 'pull.json');
  await writeFile(`${path}.part`, `${JSON.stringify(record, null, 2)}\n`);
  await rename(`${path}.part`, path);
}

/** The one `SPLIT:PART` that a person means by `PART` or `SPLIT:PART`; BAD_INPUT where it is none or several. */
export function choosePart(header: SnapshotHeader, wanted: string): string {
  const known = Object.entries(header.splits).flatMap(([split, { counts }]) =>
    counts.map(({ part }) => `${split}:${part}`),
  );
  const fitting = known.filter((name) => name === wanted || name.slice(name.indexOf(':') + 1) === wanted);
  if (fitting.length === 1) return fitting[0]!;
  const fault = fitting.length === 0 ? 'names no part of this snapshot' : 'names parts of several splits';
  const choice = known.length === 0 ? 'it has no splits' : `give one of ${known.join(', ')}`;
  throw new DomainError('BAD_INPUT', `Part ${wanted} ${fault}; ${choice}.`);
}

/** Is the image among the parts pulled? */
export function isHeld(entry: ManifestEntry, parts: readonly string[] | null): boolean {
  if (parts === null) return true;
  return Object.entries(entry.parts).some(([split, part]) => parts.includes(`${split}:${part}`));
}
