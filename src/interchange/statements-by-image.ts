import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import { DomainError } from '../kernel/errors.ts';
import type { ExportSource } from './export-plan.ts';

/** Every image of the source in its order, with its statements in theirs. Throws UNKNOWN_IMAGE for one of another image. */
export function statementsByImage(source: ExportSource): Map<string, AnnotationDraft[]> {
  const byImage = new Map<string, AnnotationDraft[]>(source.images.map(({ name }) => [name, []]));
  for (const draft of source.annotations) {
    const drafts = byImage.get(draft.image);
    if (drafts === undefined) {
      throw new DomainError(
        'UNKNOWN_IMAGE',
        `"${draft.image}" is annotated, but not among the images of the export; add it or leave the statement out.`,
      );
    }
    drafts.push(draft);
  }
  return byImage;
}

/** The classes in the source's order, then those that only its statements name. */
export function classesOf(source: ExportSource): string[] {
  const named = source.annotations.flatMap(({ label }) => (label === null ? [] : [label]));
  return [...new Set([...source.classes, ...named])];
}
