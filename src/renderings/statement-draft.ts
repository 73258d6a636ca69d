import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import type { LossTally } from '../interchange/loss-tally.ts';
import type { Statement } from './snapshot-documents.ts';

/** A statement as the writers of label files take it. The links between corrections are not among what they write. */
export function statementDraft(statement: Statement, image: string, losses: LossTally): AnnotationDraft {
  const { annotator, kind, label, attribute, value, geometry, confidence, seconds, annotatedAt } = statement;
  const { attributes = [], pass, votes, corrects } = statement;
  if (corrects !== undefined)
    losses.add('corrects', 'Which statement of a model it corrects stands in annotations.csv alone.');
  return {
    image,
    annotator: annotator.name,
    kind,
    label: label ?? null,
    attribute: attribute ?? null,
    value: value ?? null,
    geometry: geometry ?? null,
    confidence: confidence ?? null,
    seconds: seconds ?? null,
    annotatedAt: annotatedAt ?? null,
    attributes,
    occurrence: 0,
    ...(pass === undefined ? {} : { pass }),
    ...(votes === undefined ? {} : { votes }),
  };
}
