import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as fc from 'fast-check';
import { type DomainError, isDomainError } from '../../src/kernel/errors.ts';
import { sha256Hex } from '../../src/kernel/sha256.ts';
import { assignParts } from '../../src/splits/assign-parts.ts';
import type {
  SplitAssignment,
  SplitRequest,
  SplitStrategy,
  SplitSubject,
} from '../../src/splits/split-strategy.ts';

/** The id of the n-th image of a test, spread over the id space as real ids are. */
export function imageId(n: number): string {
  return sha256Hex(`image ${n}`).slice(0, 32);
}

export function aSubject(n: number, said: Partial<SplitSubject> = {}): SplitSubject {
  return { image: imageId(n), group: null, labels: [], time: null, ...said };
}

export function subjects(
  count: number,
  said: (n: number) => Partial<SplitSubject> = () => ({}),
): SplitSubject[] {
  return Array.from({ length: count }, (_, n) => aSubject(n, said(n)));
}

/** `parts` as `name=share,…`, as on the command line. */
export function aRequest(strategy: SplitStrategy, parts: string | number | null, seed = '7'): SplitRequest {
  if (typeof parts !== 'string') return { strategy, seed, parts: [], folds: parts };
  const shares = parts.split(',').map((part) => part.split('=') as [string, string]);
  return { strategy, seed, parts: shares.map(([name, share]) => ({ name, share })), folds: null };
}

export const THREE_PARTS = 'train=0.7,validation=0.15,test=0.15';

/** Subjects with unequal groups, some unknown, none to three labels each and a time. */
export const someSubjects = (most = 60, least = 1) =>
  fc
    .array(
      fc.record({
        group: fc.option(fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'Pflänzchen', '\u{1f331}'), {
          freq: 4,
        }),
        labels: fc.subarray(['leaf', 'stem', 'Blüte', '\u{1f331}', '￰']),
        time: fc.integer({ min: 0, max: 20 }).map((minute) => `2024-05-31T09:${String(minute + 10)}:00Z`),
      }),
      { minLength: least, maxLength: most },
    )
    .map((records) => records.map((record, n) => aSubject(n, record)));

export const someShares = fc
  .array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 5 })
  .map((weights) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const millionths = weights.map((weight) => Math.max(1, Math.floor((weight * 1e6) / total)));
    millionths[0]! += 1e6 - millionths.reduce((sum, value) => sum + value, 0);
    return millionths
      .map((value, n) => `part-${n}=0.${String(value).padStart(6, '0').replace(/0+$/, '')}`)
      .join(',');
  });

export function countBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

export function partsByImage(assignment: SplitAssignment): Map<string, string> {
  return new Map(assignment.map(({ image, part }) => [image, part]));
}

/** The refusal of a split that must not be made. */
export function refusal(request: SplitRequest, of: readonly SplitSubject[]): DomainError {
  try {
    assignParts(request, of);
  } catch (error) {
    if (isDomainError(error)) return error;
    throw error;
  }
  throw new Error('The split was made.');
}

export const SHARED = process.env.HOLOTYPE_SHARED ?? resolve(import.meta.dirname, '../../../shared');
export const hasShared = existsSync(join(SHARED, 'data'));

/** DeepWeeds: 17 509 images of nine classes; the time stands in the file's name. */
export function deepWeeds(): SplitSubject[] {
  const rows = readFileSync(join(SHARED, 'data/deepweeds_labels/labels.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  return rows.map((row) => {
    const [file = '', , species = ''] = row.trim().split(',');
    const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(file)!;
    return {
      image: sha256Hex(file).slice(0, 32),
      group: `${y}-${mo}-${d} ${h}:${mi}`,
      labels: [species],
      time: `${y}-${mo}-${d}T${h}:${mi}:${s}`,
    };
  });
}

/** BCCD: 292 blood smears, each with the kinds of cell seen in it. */
export function bccd(): SplitSubject[] {
  const folder = join(SHARED, 'data/bccd_trainval/Annotations');
  return readdirSync(folder).map((file) => {
    const xml = readFileSync(join(folder, file), 'utf8');
    const labels = [...xml.matchAll(/<name>([^<]+)<\/name>/g)].map((match) => match[1]!);
    return { image: sha256Hex(file).slice(0, 32), group: null, labels: [...new Set(labels)], time: null };
  });
}
