import { type BulkReport, type RefusedRow, refusedRow, refuseIfStrict } from '../catalogue/bulk.ts';
import { findImagesByName } from '../catalogue/image.store.ts';
import { listLabelClasses } from '../catalogue/label-schema.store.ts';
import { revise, type Target } from '../catalogue/revise.store.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import {
  type Annotation,
  closeAnnotations,
  findHeldAnnotations,
  insertAnnotations,
  listAnnotators,
  listRounds,
  replaceAnnotators,
} from './annotation.store.ts';
import { type AnnotationDraft, annotationId } from './annotation-draft.ts';
import { annotationFaults } from './annotation-faults.ts';

export interface AnnotationInput {
  readonly dataset: string;
  /** Format and frame of the source. */
  readonly source: string;
  readonly round: string | null;
  readonly strict: boolean;
  readonly annotations: readonly (AnnotationDraft & { supersedes: string | null })[];
}

/** Records what people and models say of images. Nothing is overwritten: a correction supersedes, and both are kept. */
export async function recordAnnotations(context: Context, input: AnnotationInput): Promise<BulkReport> {
  const request = {
    dataset: input.dataset,
    action: 'annotation.write',
    verb: 'annotations.record',
    summary: `${input.annotations.length} annotations from ${input.source}`,
  } as const;
  return revise(context, request, async ({ db }, target) => {
    const now = { datasetId: target.datasetId, asOf: target.dataset.revision };
    if (input.round !== null) requireOpenRound(input.round, await listRounds(db, now));
    const images = new Map(
      (
        await findImagesByName(db, now.datasetId, now.asOf, [
          ...new Set(input.annotations.map(({ image }) => image)),
        ])
      ).map((image) => [image.name, image]),
    );
    const classes = new Set((await listLabelClasses(db, now)).map(({ name }) => name));
    const refused: RefusedRow[] = [];
    const wanted = new Map<string, Omit<Annotation, 'datasetId' | 'asOf'>>();
    let repeated = 0;
    input.annotations.forEach((draft, row) => {
      const image = images.get(draft.image);
      const faults = annotationFaults(draft, image, classes);
      refused.push(
        ...faults.map((fault) =>
          refusedRow(row, draft.image, {
            ...fault,
            message: `row ${row} (${draft.image}): ${fault.message}`,
          }),
        ),
      );
      if (faults.length > 0) return;
      const id = annotationId(image!.id, draft.annotator!, input.round, draft);
      if (wanted.has(id)) repeated += 1;
      wanted.set(id, {
        ...draft,
        id,
        imageId: image!.id,
        annotator: draft.annotator!,
        round: input.round,
        source: input.source,
      });
    });
    const held = await findHeldAnnotations(db, target.datasetId, [...wanted.keys()]);
    const fresh = [...wanted.values()].filter(({ id }) => !held.has(id));
    const superseded = fresh.flatMap(({ supersedes }) => supersedes ?? []);
    await refuseWrongSuperseded(db, target, fresh);
    refuseIfStrict(input.strict, refused);
    await closeAnnotations(db, target, superseded);
    await introduceAnnotators(
      db,
      target,
      fresh.map(({ annotator }) => annotator),
    );
    await insertAnnotations(db, target, fresh);
    const changed = fresh.length > 0;
    const revision = changed ? target.revision : target.dataset.revision;
    return {
      changed,
      result: {
        datasetId: target.datasetId,
        revision,
        taken: fresh.length,
        alreadyThere: held.size + repeated,
        refused,
      },
    };
  });
}

function requireOpenRound(name: string, rounds: readonly { name: string; state: string }[]): void {
  const round = rounds.find((held) => held.name === name);
  if (!round) throw new DomainError('NOT_FOUND', `round: the dataset has no round "${name}"; open it first.`);
  if (round.state !== 'OPEN')
    throw new DomainError('ROUND_CLOSED', `round: "${name}" is closed; open another round.`);
}

/** Law 3: people correct what they said themselves, of the same image; nobody's label goes by another's hand. */
async function refuseWrongSuperseded(
  db: Context['db'],
  target: Target,
  fresh: readonly Pick<Annotation, 'supersedes' | 'imageId' | 'annotator'>[],
): Promise<void> {
  const corrections = fresh.filter(({ supersedes }) => supersedes !== null);
  const held = await findHeldAnnotations(
    db,
    target.datasetId,
    corrections.map(({ supersedes }) => supersedes!),
  );
  for (const { supersedes, imageId, annotator } of corrections) {
    const before = held.get(supersedes!);
    if (!before)
      throw new DomainError(
        'CONFLICT',
        `supersedes: ${supersedes} does not hold any more, or never did; read the current annotations again.`,
      );
    if (before.imageId !== imageId || before.annotator !== annotator)
      throw new DomainError(
        'CONFLICT',
        `supersedes: ${supersedes} is another annotator's statement, or about another image; record a new one beside it.`,
      );
  }
}

/** Whoever annotates and was not declared is a person of unknown expertise. */
async function introduceAnnotators(
  db: Context['db'],
  target: Target,
  pseudonyms: readonly string[],
): Promise<void> {
  const known = new Set(
    (await listAnnotators(db, { datasetId: target.datasetId, asOf: target.dataset.revision })).map(
      ({ pseudonym }) => pseudonym,
    ),
  );
  const fresh = [...new Set(pseudonyms)].filter((pseudonym) => !known.has(pseudonym));
  await replaceAnnotators(
    db,
    target,
    fresh.map((pseudonym) => ({ pseudonym, kind: 'HUMAN' as const, expertise: null })),
  );
}
