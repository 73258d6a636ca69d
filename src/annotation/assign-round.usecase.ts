import { visibleDatasetById } from '../catalogue/dataset.store.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { findImagesByName, listKeptImages } from '../catalogue/image.store.ts';
import { revise, type Target } from '../catalogue/revise.store.ts';
import { DomainError } from '../kernel/errors.ts';
import { MAX_PAGE } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import { type AnnotationRound, listAnnotators, listRounds } from './annotation.store.ts';
import { type Assignment, dealRepeats, dealRound } from './deal-round.ts';
import { assignedPairs, insertAssignments, labelledBefore } from './round-assignments.store.ts';

export interface AssignRoundInput {
  readonly dataset: string;
  readonly round: string;
  readonly annotators: readonly string[];
  readonly ratingsPerImage: number;
  /** Names; null: every kept image. */
  readonly images: readonly string[] | null;
}

/** Deals images to annotators (`dealRound`); who has an image in the round already keeps it. */
export async function assignRound(context: Context, input: AssignRoundInput): Promise<Dataset> {
  return assign(context, input, 'round.assign', async (inner, target, round) => {
    const now = { datasetId: target.datasetId, asOf: target.dataset.revision };
    const known = new Set((await listAnnotators(inner.db, now)).map(({ pseudonym }) => pseudonym));
    const unknown = input.annotators.filter((name) => !known.has(name));
    if (unknown.length > 0)
      throw new DomainError(
        'NOT_FOUND',
        `annotators: the dataset has no ${unknown.map((name) => `"${name}"`).join(', ')}; declare them first.`,
      );
    const images = await imagesAsked(inner, now, input.images);
    return dealRound(images, [...new Set(input.annotators)], input.ratingsPerImage, round.name);
  });
}

const DAY = 86_400_000;

/** Gives each annotator a share of what they labelled at least 24 h ago to look at again (specification §6.7). */
export async function assignRepeats(
  context: Context,
  input: { dataset: string; round: string; share: number; least: number },
): Promise<Dataset> {
  if (!(input.share >= 0 && input.share <= 1) || !Number.isInteger(input.least) || input.least < 0)
    throw new DomainError('BAD_INPUT', 'share: must be from 0 to 1, and least a whole number from 0 on.');
  return assign(context, input, 'round.repeat', async ({ db, now }, target, round) => {
    if (round.purpose !== 'REPEAT')
      throw new DomainError('CONFLICT', `round: "${round.name}" is no REPEAT round; open one for this.`);
    const at = { datasetId: target.datasetId, asOf: target.dataset.revision };
    const labelled = await labelledBefore(db, at, new Date(now().getTime() - DAY));
    return dealRepeats(labelled, input.share, input.least, round.name);
  });
}

async function assign(
  context: Context,
  input: { dataset: string; round: string },
  verb: string,
  deal: (inner: Context, target: Target, round: AnnotationRound) => Promise<Assignment[]>,
): Promise<Dataset> {
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb,
    summary: `images of round ${input.round} assigned`,
  } as const;
  const { datasetId } = await revise(context, request, async (inner, target) => {
    const now = { datasetId: target.datasetId, asOf: target.dataset.revision };
    const round = (await listRounds(inner.db, now)).find(({ name }) => name === input.round);
    if (!round)
      throw new DomainError('NOT_FOUND', `round: the dataset has no round "${input.round}"; open it first.`);
    if (round.state !== 'OPEN')
      throw new DomainError('ROUND_CLOSED', `round: "${input.round}" is closed; open another round.`);
    const dealt = await deal(inner, target, round);
    const held =
      (await assignedPairs(
        inner.db,
        now,
        round.name,
        dealt.map(({ imageId }) => imageId),
      )) ?? new Set();
    const fresh = dealt.filter(({ imageId, annotator }) => !held.has(`${imageId} ${annotator}`));
    await insertAssignments(inner.db, target, round.name, fresh);
    return { changed: fresh.length > 0, result: target };
  });
  return visibleDatasetById(context, datasetId);
}

async function imagesAsked(
  { db }: Context,
  at: { datasetId: string; asOf: number },
  names: readonly string[] | null,
): Promise<string[]> {
  if (names !== null) {
    const found = await findImagesByName(db, at.datasetId, at.asOf, names);
    const held = new Set(found.map(({ name }) => name));
    const unknown = names.filter((name) => !held.has(name));
    if (unknown.length > 0)
      throw new DomainError(
        'UNKNOWN_IMAGE',
        `images: the dataset has no ${unknown.slice(0, 10).join(', ')}.`,
      );
    return found.map(({ id }) => id);
  }
  const ids: string[] = [];
  for (let after: string | null = null; ; after = ids.at(-1)!) {
    const page = await listKeptImages(db, at, { after, limit: MAX_PAGE });
    ids.push(...page.map(({ id }) => id));
    if (page.length < MAX_PAGE) return ids;
  }
}
