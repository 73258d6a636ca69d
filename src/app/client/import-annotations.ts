import { type AnnotationDraft, annotationId, numberOccurrences } from '../../annotation/annotation-draft.ts';
import { geometryToForm } from '../../annotation/geometry-form.ts';
import type { AnnotatorDraft, ImportPlan } from '../../interchange/import-plan.ts';
import { DomainError } from '../../kernel/errors.ts';
import { fromGlobalId } from '../../kernel/global-id.ts';
import { accepted, ask, PROBLEM } from './graphql.ts';
import type { ImportTarget } from './import-images.ts';
import type { HeldAnnotator } from './import-pseudonyms.ts';
import { addBatch, BULK_REPORT, type BulkReport } from './import-report.ts';
import { pagesOf } from './pages-of.ts';

const ROWS_A_BATCH = 2_000;
/** Characters of shapes: the server takes 32 MiB a request. */
const SHAPES_A_BATCH = 8 * 2 ** 20;

/** Declares who the source says its annotators are, where the dataset does not say so already. */
export async function declareAnnotators(
  { access, report }: ImportTarget,
  annotators: readonly AnnotatorDraft[],
  held: readonly HeldAnnotator[],
): Promise<void> {
  const kinds = new Map(held.map(({ pseudonym, kind }) => [pseudonym, kind]));
  const fresh = annotators.filter(({ name, kind }) => kinds.get(name) !== kind);
  if (fresh.length === 0) return;
  const { declareAnnotators } = await ask<{ declareAnnotators: { revision: number } }>(
    access,
    `mutation Who($input: DeclareAnnotatorsInput!) {
       declareAnnotators(input: $input) { ... on Dataset { revision } ${PROBLEM} } }`,
    {
      input: {
        dataset: report.dataset,
        annotators: fresh.map(({ name, kind, expertise }) => ({ pseudonym: name, kind, expertise })),
      },
    },
  );
  report.revision = accepted(declareAnnotators).revision;
}

/** Records what the source says of the images. What corrects another statement comes after it. */
export async function importAnnotations(
  target: ImportTarget,
  plan: ImportPlan,
  options: { annotator: string; round: string | null; strict: boolean },
): Promise<void> {
  const { format, version, frame } = plan.source;
  const named = numberOccurrences(
    plan.annotations.map((draft) => ({ ...draft, annotator: draft.annotator ?? options.annotator })),
  );
  const corrected = await correctedIds(target, named, options.round);
  const inOrder = [
    ...named.filter(({ corrects }) => corrects === undefined),
    ...named.filter(({ corrects }) => corrects !== undefined),
  ];
  target.progress.start('annotations', named.length);
  for (const batch of batchesWithin(inOrder)) {
    const input = {
      dataset: target.report.dataset,
      source: `${format}${version === null ? '' : ` ${version}`}; ${frame}`,
      round: options.round,
      strict: options.strict,
      annotations: batch.map(({ key: _, corrects, ...draft }) => ({
        ...draft,
        geometry: geometryToForm(draft.geometry),
        ...(corrects === undefined ? {} : { corrects: corrected.get(corrects) }),
      })),
    };
    const mutation = `mutation Annotate($input: RecordAnnotationsInput!) {
      recordAnnotations(input: $input) { ${BULK_REPORT} ${PROBLEM} } }`;
    const answer = await ask<{ recordAnnotations: BulkReport }>(target.access, mutation, { input });
    const report = accepted(answer.recordAnnotations);
    addBatch(target.report, 'annotations', report, (row) => ({ file: batch[row]!.image }));
    target.progress.advance(batch.length);
  }
  target.progress.stop();
}

/** The ids that the statements which others correct will have, by the source's keys. */
async function correctedIds(
  { access, report }: ImportTarget,
  drafts: readonly AnnotationDraft[],
  round: string | null,
): Promise<Map<string, string>> {
  const wanted = new Set(drafts.flatMap(({ corrects }) => corrects ?? []));
  const found = new Map<string, string>();
  if (wanted.size === 0) return found;
  const images = new Map<string, string>();
  for await (const { id, name } of pagesOf<{ id: string; name: string }>(access, report.dataset, {
    connection: 'images',
    fields: 'id name',
  }))
    images.set(name, fromGlobalId(id).key.replace(/^.*\//, ''));
  for (const { key, ...draft } of drafts) {
    const image = images.get(draft.image);
    if (key === undefined || !wanted.has(key) || image === undefined) continue;
    if (draft.corrects !== undefined)
      throw new DomainError('BAD_INPUT', `${key} corrects another statement and is corrected itself.`);
    found.set(key, annotationId(image, draft.annotator!, round, draft));
  }
  return found;
}

function* batchesWithin(drafts: readonly AnnotationDraft[]): Generator<AnnotationDraft[]> {
  let batch: AnnotationDraft[] = [];
  let size = 0;
  for (const draft of drafts) {
    const shape = draft.geometry === null ? 0 : JSON.stringify(draft.geometry).length;
    if (batch.length === ROWS_A_BATCH || (batch.length > 0 && size + shape > SHAPES_A_BATCH)) {
      yield batch;
      [batch, size] = [[], 0];
    }
    batch.push(draft);
    size += shape;
  }
  if (batch.length > 0) yield batch;
}
