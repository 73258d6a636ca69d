import { type BulkReport, type RefusedRow, refusedRow, refuseIfStrict } from '../catalogue/bulk.ts';
import { findImagesByName } from '../catalogue/image.store.ts';
import { listLabelClasses } from '../catalogue/label-schema.store.ts';
import { revise, type Target } from '../catalogue/revise.store.ts';
import { may } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError, type Reason } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import {
  type Annotation,
  type AnnotationRound,
  closeAnnotations,
  findHeldAnnotations,
  insertAnnotations,
  listAnnotators,
  listRounds,
  replaceAnnotators,
} from './annotation.store.ts';
import { type AnnotationDraft, annotationId } from './annotation-draft.ts';
import { annotationFaults } from './annotation-faults.ts';
import { listAccounts } from './annotator-accounts.store.ts';
import { pseudonymFault } from './manage-annotation.ts';
import { assignedPairs, lastPasses } from './round-assignments.store.ts';

export interface AnnotationInput {
  readonly dataset: string;
  /** Format and frame of the source. */
  readonly source: string;
  readonly round: string | null;
  readonly strict: boolean;
  readonly annotations: readonly (Omit<AnnotationDraft, 'key' | 'corrects' | 'pass' | 'votes'> &
    Pick<Annotation, 'supersedes' | 'pass' | 'votes' | 'corrects'>)[];
}

/** Records what people and models say of images. Nothing is overwritten: a correction supersedes, and both are kept. */
export async function recordAnnotations(context: Context, input: AnnotationInput): Promise<BulkReport> {
  const request = {
    dataset: input.dataset,
    action: 'annotation.write',
    verb: 'annotations.record',
    summary: `${input.annotations.length} annotations from ${input.source}`,
  } as const;
  return revise(context, request, async (inner, target) => {
    const { db } = inner;
    const now = { datasetId: target.datasetId, asOf: target.dataset.revision };
    const round = input.round === null ? null : requireOpenRound(input.round, await listRounds(db, now));
    const names = [...new Set(input.annotations.map(({ image }) => image))];
    const images = new Map(
      (await findImagesByName(db, now.datasetId, now.asOf, names)).map((image) => [image.name, image]),
    );
    const classes = new Set((await listLabelClasses(db, now)).map(({ name }) => name));
    const rules = await speakingRules(inner, now, round, [...images.values()]);
    const refused: RefusedRow[] = [];
    const wanted = new Map<string, Omit<Annotation, 'datasetId' | 'asOf'>>();
    let repeated = 0;
    input.annotations.forEach((said, row) => {
      const image = images.get(said.image);
      const draft = image ? { ...said, pass: rules.passOf(image.id, said) } : said;
      const faults = [...annotationFaults(draft, image, classes), ...rules.faults(image?.id, draft)];
      refused.push(...faults.map((fault) => refusedAt(row, draft.image, fault)));
      if (faults.length > 0) return;
      const id = annotationId(image!.id, draft.annotator!, input.round, draft);
      if (wanted.has(id)) repeated += 1;
      const { image: _, ...statement } = draft;
      wanted.set(id, {
        ...statement,
        id,
        imageId: image!.id,
        annotator: draft.annotator!,
        round: input.round,
        source: input.source,
      });
    });
    const held = await findHeldAnnotations(db, target.datasetId, [...wanted.keys()]);
    const fresh = [...wanted.values()].filter(({ id }) => !held.has(id));
    await refuseWrongSuperseded(db, target, fresh);
    await refuseWrongCorrected(db, target, fresh, wanted);
    refuseIfStrict(input.strict, refused);
    await closeAnnotations(
      db,
      target,
      fresh.flatMap(({ supersedes }) => supersedes ?? []),
    );
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

function refusedAt(row: number, image: string, fault: Reason): RefusedRow {
  return refusedRow(row, image, { ...fault, message: `row ${row} (${image}): ${fault.message}` });
}

/** Who may speak for whom, of which images of the round, and which look of theirs at an image it is. */
async function speakingRules(
  { db, actor }: Context,
  now: { datasetId: string; asOf: number },
  round: AnnotationRound | null,
  images: readonly { id: string }[],
) {
  const ids = images.map(({ id }) => id);
  const accounts = new Map(
    (await listAccounts(db, now.datasetId)).map(({ pseudonym, principalId }) => [pseudonym, principalId]),
  );
  const mayCurate = may(actor, 'dataset.curate', datasetScope(now.datasetId));
  const assigned = round && (await assignedPairs(db, now, round.name, ids));
  const passes =
    round?.purpose === 'REPEAT' ? await lastPasses(db, now.datasetId, round.name, ids) : new Map();
  return {
    /** In a REPEAT round the one after the last; else as the source says. */
    passOf: (imageId: string, { annotator, pass }: { annotator: string | null; pass: number }) =>
      Math.max(pass, round?.purpose === 'REPEAT' ? (passes.get(`${imageId} ${annotator}`) ?? 0) + 1 : 1),
    faults(imageId: string | undefined, { annotator }: { annotator: string | null }): Reason[] {
      if (!annotator || imageId === undefined) return [];
      const fault = pseudonymFault(annotator);
      if (fault !== null) return [{ path: ['annotator'], code: 'BAD_INPUT', message: fault }];
      const account = accounts.get(annotator);
      if (account !== undefined && account !== actor?.principalId && !mayCurate) {
        const message = `"${annotator}" is another account’s pseudonym; speak under your own.`;
        return [{ path: ['annotator'], code: 'FORBIDDEN', message }];
      }
      if (assigned && !assigned.has(`${imageId} ${annotator}`)) {
        const message = `the image is not assigned to "${annotator}" in round "${round!.name}".`;
        return [{ path: ['annotator'], code: 'NOT_ASSIGNED', message }];
      }
      return [];
    },
  };
}

function requireOpenRound(name: string, rounds: readonly AnnotationRound[]): AnnotationRound {
  const round = rounds.find((held) => held.name === name);
  if (!round) throw new DomainError('NOT_FOUND', `round: the dataset has no round "${name}"; open it first.`);
  if (round.state !== 'OPEN')
    throw new DomainError('ROUND_CLOSED', `round: "${name}" is closed; open another round.`);
  return round;
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

/** A correction of a model's statement names it, of the same image; it may stand in the same request. */
async function refuseWrongCorrected(
  db: Context['db'],
  target: Target,
  fresh: readonly Pick<Annotation, 'corrects' | 'imageId' | 'annotator'>[],
  together: ReadonlyMap<string, Pick<Annotation, 'imageId' | 'annotator'>>,
): Promise<void> {
  const links = fresh.filter(({ corrects }) => corrects !== null);
  const elsewhere = links.flatMap(({ corrects }) => (together.has(corrects!) ? [] : [corrects!]));
  const held = await findHeldAnnotations(db, target.datasetId, elsewhere);
  for (const { corrects, imageId, annotator } of links) {
    const corrected = together.get(corrects!) ?? held.get(corrects!);
    if (!corrected)
      throw new DomainError('NOT_FOUND', `corrects: no annotation ${corrects} holds; record it first.`);
    if (corrected.imageId !== imageId || corrected.annotator === annotator)
      throw new DomainError(
        'CONFLICT',
        `corrects: ${corrects} is about another image, or the same annotator's; to take back one's own statement, supersede it.`,
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
