import { compareText } from '../kernel/compare-text.ts';
import { DomainError, type Reason } from '../kernel/errors.ts';
import { type CaptureInstant, captureInstant } from './capture-instant.ts';
import type { PartShares } from './part-shares.ts';
import { refuseMissing } from './refuse-missing.ts';
import type { SplitSubject } from './split-strategy.ts';

const LISTED = 100;
const FORM = { DATE: 'a date alone', LOCAL: 'a time without a zone', ZONED: 'a time with a zone' } as const;

/**
 * Image → index of its part: the earliest images to the first part, and so on. Images of one instant stay
 * together and go where the middle of their run lies: to the first part whose cumulative share reaches it.
 * Throws MISSING_GROUP_KEY where times are missing; INVALID_VALUE where they cannot be read or be compared.
 */
export function assignByTime(
  subjects: readonly SplitSubject[],
  { weights, scale }: PartShares,
): Map<string, number> {
  refuseMissing(subjects, 'time', (subject) => subject.time === null);
  const runs = new Map<string, string[]>();
  for (const [image, { key }] of comparableInstants(subjects)) {
    const run = runs.get(key);
    if (run === undefined) runs.set(key, [image]);
    else run.push(image);
  }
  const parts = new Map<string, number>();
  let before = 0;
  let part = 0;
  let reached = weights[0]! * subjects.length;
  for (const [, images] of [...runs].sort(([first], [second]) => (first < second ? -1 : 1))) {
    while (2 * reached < (2 * before + images.length) * scale) reached += weights[++part]! * subjects.length;
    for (const image of images) parts.set(image, part);
    before += images.length;
  }
  return parts;
}

function comparableInstants(subjects: readonly SplitSubject[]): Map<string, CaptureInstant> {
  const instants = new Map<string, CaptureInstant>();
  const unread: Reason[] = [];
  const example = new Map<CaptureInstant['kind'], string>();
  const counts = new Map<CaptureInstant['kind'], number>();
  for (const { image, time } of [...subjects].sort((a, b) => compareText(a.image, b.image))) {
    const instant = captureInstant(time!);
    if (instant === null) unread.push(unreadable(image, time!));
    else {
      instants.set(image, instant);
      if (!example.has(instant.kind)) example.set(instant.kind, `image ${image}: ${time}`);
      counts.set(instant.kind, (counts.get(instant.kind) ?? 0) + 1);
    }
  }
  if (unread.length > 0) {
    throw new DomainError(
      'INVALID_VALUE',
      `${unread.length} times are not ISO 8601; the first: ${unread[0]!.message}`,
      unread.slice(0, LISTED),
    );
  }
  if (counts.size > 1) throw mixture(counts, example);
  return instants;
}

function unreadable(image: string, time: string): Reason {
  const message = `The time ${JSON.stringify(time)} of image ${image} is not ISO 8601 such as 2024-05-31T09:30:00Z.`;
  return { path: [image, 'time'], code: 'INVALID_VALUE', message };
}

function mixture(
  counts: ReadonlyMap<CaptureInstant['kind'], number>,
  example: ReadonlyMap<CaptureInstant['kind'], string>,
): DomainError {
  const kinds = [...counts.keys()].sort();
  const reasons = kinds.map((kind): Reason => {
    const message = `${counts.get(kind)} images have ${FORM[kind]} (${example.get(kind)}).`;
    return { path: ['time', kind], code: 'INVALID_VALUE', message };
  });
  return new DomainError(
    'INVALID_VALUE',
    `Times of different forms have no common order: ${reasons.map((reason) => reason.message).join(' ')} Import them all with a zone, or all without, or all as dates.`,
    reasons,
  );
}
