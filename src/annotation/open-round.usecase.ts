import { visibleDatasetById } from '../catalogue/dataset.store.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { revise } from '../catalogue/revise.store.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { listGuidelines, listRounds, replaceRound } from './annotation.store.ts';
import { checkName } from './manage-annotation.ts';
import type { RoundPurpose } from './round-purpose.ts';

export async function openRound(
  context: Context,
  input: {
    dataset: string;
    name: string;
    guidelineVersion: string | null;
    blind: boolean;
    purpose: RoundPurpose;
  },
): Promise<Dataset> {
  checkName('name', input.name);
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'round.open',
    summary: `round ${input.name} opened`,
  } as const;
  const { datasetId } = await revise(context, request, async ({ db }, target) => {
    const now = { datasetId: target.datasetId, asOf: target.dataset.revision };
    if ((await listRounds(db, now)).some(({ name }) => name === input.name)) {
      throw new DomainError(
        'CONFLICT',
        `name: the dataset has a round "${input.name}" already; choose another name.`,
      );
    }
    const versions = (await listGuidelines(db, now)).map(({ version }) => version);
    if (input.guidelineVersion !== null && !versions.includes(input.guidelineVersion)) {
      throw new DomainError(
        'NOT_FOUND',
        `guidelineVersion: the dataset has no guideline "${input.guidelineVersion}"; add it first.`,
      );
    }
    await replaceRound(db, target, {
      name: input.name,
      guidelineVersion: input.guidelineVersion,
      blind: input.blind,
      purpose: input.purpose,
      state: 'OPEN',
    });
    return { changed: true, result: target };
  });
  return visibleDatasetById(context, datasetId);
}

/** Closes a round for good: it takes no more annotations. */
export async function closeRound(
  context: Context,
  input: { dataset: string; name: string },
): Promise<Dataset> {
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'round.close',
    summary: `round ${input.name} closed`,
  } as const;
  const { datasetId } = await revise(context, request, async ({ db }, target) => {
    const rounds = await listRounds(db, { datasetId: target.datasetId, asOf: target.dataset.revision });
    const round = rounds.find(({ name }) => name === input.name);
    if (!round) throw new DomainError('NOT_FOUND', `name: the dataset has no round "${input.name}".`);
    if (round.state === 'OPEN') await replaceRound(db, target, { ...round, state: 'CLOSED' });
    return { changed: round.state === 'OPEN', result: target };
  });
  return visibleDatasetById(context, datasetId);
}
