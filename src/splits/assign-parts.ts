import { compareText } from '../kernel/compare-text.ts';
import { DomainError } from '../kernel/errors.ts';
import { assignByTime } from './assign-by-time.ts';
import { checkSplitRequest } from './check-split-request.ts';
import { dealUnits } from './deal-units.ts';
import { type PartShares, partShares } from './part-shares.ts';
import { refuseMissing } from './refuse-missing.ts';
import { type SplitAssignment, type SplitRequest, type SplitSubject, splitTraits } from './split-strategy.ts';
import { splitUnits, unitOf } from './split-units.ts';

/**
 * Divides the subjects as asked, by the algorithm of docs/splits.md; the answer does not depend on their order.
 * Throws BAD_INPUT (all faults), MISSING_GROUP_KEY, INVALID_VALUE (times) or EMPTY_SPLIT.
 */
export function assignParts(request: SplitRequest, subjects: readonly SplitSubject[]): SplitAssignment {
  checkSplitRequest(request, subjects);
  if (subjects.length === 0) {
    throw new DomainError(
      'EMPTY_SPLIT',
      'There is no image to divide. Import images, or include excluded ones.',
    );
  }
  const partOf = partFinder(request, subjects);
  return subjects
    .map((subject) => ({ image: subject.image, part: partOf(subject) }))
    .sort((first, second) => compareText(first.image, second.image));
}

function partFinder(
  request: SplitRequest,
  subjects: readonly SplitSubject[],
): (subject: SplitSubject) => string {
  if (request.strategy === 'IMPORTED') {
    refuseMissing(subjects, 'part', (subject) => subject.part === undefined);
    return (subject) => subject.part!;
  }
  if (request.strategy === 'LEAVE_ONE_GROUP_OUT') {
    refuseMissing(subjects, 'group', (subject) => subject.group === null);
    refuseOneGroup(subjects);
    return (subject) => subject.group!;
  }
  const shares = partShares(request);
  if (request.strategy === 'BY_TIME') {
    const parts = assignByTime(subjects, shares);
    refuseEmptyPart(shares, parts, 'instants of time');
    return (subject) => shares.names[parts.get(subject.image)!]!;
  }
  const { grouped } = splitTraits(request.strategy);
  const parts = dealUnits(splitUnits(request, subjects), shares);
  refuseEmptyPart(shares, parts, grouped ? 'groups' : 'images');
  return (subject) => shares.names[parts.get(unitOf(subject, grouped))!]!;
}

function refuseOneGroup(subjects: readonly SplitSubject[]): void {
  const group = subjects[0]?.group;
  if (subjects.some((subject) => subject.group !== group)) return;
  throw new DomainError(
    'EMPTY_SPLIT',
    `All images are of the group "${group}": leaving it out leaves nothing. Group by something with more values.`,
  );
}

function refuseEmptyPart(shares: PartShares, parts: ReadonlyMap<string, number>, dealt: string): void {
  const filled = new Set(parts.values());
  const empty = shares.names.filter((_, index) => !filled.has(index));
  if (empty.length === 0) return;
  throw new DomainError(
    'EMPTY_SPLIT',
    `No image would go to ${empty.map((name) => `"${name}"`).join(', ')}: there are too few ${dealt} for such shares. Give these parts larger shares, or use fewer parts.`,
    empty.map((name) => ({
      path: ['parts', name],
      code: 'EMPTY_SPLIT',
      message: `"${name}" would be empty.`,
    })),
  );
}
