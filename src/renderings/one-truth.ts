import { DomainError } from '../kernel/errors.ts';
import { imageShapes } from './image-shapes.ts';
import { statementsInForce } from './image-truth.ts';
import type { ImageRecord, RenderingOptions, RenderingSource, Selection } from './rendering.ts';
import type { Statement } from './snapshot-documents.ts';

/** What a format of one truth an image is told of it: the shapes, and whether somebody saw it and found nothing to mark. */
export function marksOf({ annotations }: ImageRecord, options: RenderingOptions): Statement[] {
  const shapes: Statement[] = imageShapes(annotations, options);
  if (options.consensus !== null) return shapes;
  const empty = statementsInForce(annotations, options).filter(({ kind }) => kind === 'EMPTY');
  return [...shapes, ...empty].filter(({ pass }) => (pass ?? 1) === 1);
}

/** What is to be known of the shapes of a split before the first is written. */
export interface MarkSurvey {
  readonly kinds: ReadonlySet<Statement['kind']>;
  /** Classes by the label schema, then others that statements name, in the order of their names. */
  readonly classes: readonly string[];
  readonly annotators: readonly string[];
  readonly hasNoCrowd: boolean;
}

/** One pass over the images of some parts. */
export async function surveyMarks(
  source: RenderingSource,
  parts: readonly Selection[],
  marks: (record: ImageRecord) => readonly Statement[],
): Promise<MarkSurvey> {
  const kinds = new Set<Statement['kind']>();
  const labels = new Set<string>();
  const annotators = new Set<string>();
  let hasNoCrowd = false;
  for (const part of parts) {
    for await (const record of source.images(part)) {
      for (const { kind, label, annotator, attributes = [] } of marks(record)) {
        kinds.add(kind);
        if (label !== undefined) labels.add(label);
        annotators.add(annotator.name);
        hasNoCrowd ||= attributes.some(({ name, value }) => name === 'iscrowd' && value === '0');
      }
    }
  }
  const declared = source.header.classes.map(({ name }) => name);
  const others = [...labels].filter((label) => !declared.includes(label)).sort();
  return { kinds, classes: [...declared, ...others], annotators: [...annotators].sort(), hasNoCrowd };
}

/** Refuses to merge what several annotators marked where a format holds one truth. */
export function requireOneTruth(format: string, { annotators }: MarkSurvey): void {
  if (annotators.length < 2) return;
  const names = annotators.slice(0, 10).join(', ');
  throw new DomainError(
    'CONFLICT',
    `${format} holds one truth an image, and ${annotators.length} annotators marked here (${names}${annotators.length > 10 ? ', …' : ''}); ask for one of them (annotator=…) or for a consensus that the snapshot carries (consensus=…).`,
  );
}
