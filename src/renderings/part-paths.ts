import { compareText } from '../kernel/compare-text.ts';
import type { SnapshotHeader } from '../snapshots/snapshot-header.ts';
import type { Selection } from './rendering.ts';

/** Every part of every split that the snapshot carries, by name; without a split one part `all`. */
export function partsOf({ splits }: SnapshotHeader): Selection[] {
  const parts = Object.entries(splits)
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([split, { counts }]) => counts.map(({ part }) => ({ split, part })));
  return Object.keys(splits).length > 0 ? parts : [{ split: null, part: 'all' }];
}

/** The splits of which parts are wanted, by name; null alone, for the whole of it, where the snapshot carries none. */
export function splitsOf({ splits }: SnapshotHeader): (string | null)[] {
  const names = Object.keys(splits).sort(compareText);
  return names.length > 0 ? names.filter((name) => splits[name]!.counts.length > 0) : [null];
}

/** How many images a part has, withdrawn ones counted. */
export function sizeOfPart({ splits, size }: SnapshotHeader, { split, part }: Selection): number {
  if (split === null) return size;
  return splits[split]?.counts.find((count) => count.part === part)?.images ?? 0;
}

/** Where the files of a split lie: nowhere apart while the snapshot has one split or none, else under its name. */
export function splitFolder(header: SnapshotHeader, split: string | null): string {
  return split === null || Object.keys(header.splits).length < 2 ? '' : `${pathName(split)}/`;
}

/** `train`, or `holdout/train` where the snapshot carries several splits: a path below the snapshot's, without extension. */
export function partPath(header: SnapshotHeader, { split, part }: Selection): string {
  return `${splitFolder(header, split)}${pathName(part)}`;
}

/** A name that people gave as one segment of a path: other bytes than letters, digits, `_`, `-` and inner `.` are `~HH`. */
export function pathName(name: string): string {
  return [...Buffer.from(name, 'utf8')]
    .map((byte, index) => {
      const character = String.fromCharCode(byte);
      const isPlain = /[A-Za-z0-9_-]/.test(character) || (character === '.' && index > 0);
      return isPlain ? character : `~${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** Whether an image belongs to the part. */
export function isInPart(parts: Readonly<Record<string, string>>, selection: Selection | null): boolean {
  return selection === null || selection.split === null || parts[selection.split] === selection.part;
}
