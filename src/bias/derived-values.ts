import type { ImageVotes } from './image-votes.ts';
import type { DerivedFactor } from './subject-page.ts';

/** Factors read off other fields: the day and the hour of the capture as recorded, and who labelled the image alone. */
export function derivedValues(
  factor: DerivedFactor,
  captured: readonly (string | null)[],
  votes: readonly ImageVotes[],
): (string | null)[] {
  switch (factor) {
    case 'captureDate':
      return captured.map((at) => (at !== null && /^\d{4}-\d{2}-\d{2}/.test(at) ? at.slice(0, 10) : null));
    case 'captureHour':
      return captured.map((at) =>
        at !== null && /^\d{4}-\d{2}-\d{2}T\d{2}/.test(at) ? at.slice(11, 13) : null,
      );
    case 'annotator':
      return votes.map(({ annotator }) => annotator);
  }
}
