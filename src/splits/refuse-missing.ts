import { compareText } from '../kernel/compare-text.ts';
import { DomainError } from '../kernel/errors.ts';
import type { SplitSubject } from './split-strategy.ts';

const LISTED = 100;

/** Throws MISSING_GROUP_KEY where images lack what the split is made by, naming the first hundred by id. */
export function refuseMissing(
  subjects: readonly SplitSubject[],
  what: 'time' | 'group' | 'part',
  isMissing: (subject: SplitSubject) => boolean,
): void {
  const images = subjects
    .filter(isMissing)
    .map((subject) => subject.image)
    .sort(compareText);
  if (images.length === 0) return;
  const listed = images.length > LISTED ? ` (the first ${LISTED} are listed)` : '';
  throw new DomainError(
    'MISSING_GROUP_KEY',
    `${images.length} of ${subjects.length} images have no ${what}, by which the split is made${listed}. Import it, exclude these images, or split by something else.`,
    images.slice(0, LISTED).map((image) => ({
      path: [image, what],
      code: 'MISSING_GROUP_KEY',
      message: `The image ${image} has no ${what}.`,
    })),
  );
}
