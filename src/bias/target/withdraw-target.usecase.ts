import { visibleDatasetById } from '../../catalogue/dataset.store.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import { revise } from '../../catalogue/revise.store.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Context } from '../../platform/context.ts';
import { closeTarget, listTargets } from './targets.store.ts';

/** The target population ceases to hold; earlier revisions keep it. */
export async function withdrawTarget(
  context: Context,
  input: { readonly dataset: string; readonly target: string },
): Promise<Dataset> {
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'target.withdraw',
    summary: `target population "${input.target}" withdrawn`,
    detail: { target: input.target },
  } as const;
  const { datasetId } = await revise(context, request, async ({ db }, target) => {
    const held = await listTargets(db, { datasetId: target.datasetId, asOf: target.dataset.revision });
    if (!held.some(({ name }) => name === input.target)) {
      const known = held.map(({ name }) => name).join(', ') || 'none is declared';
      throw new DomainError(
        'NOT_FOUND',
        `target: ${input.dataset} has no target "${input.target}" (${known}).`,
      );
    }
    await closeTarget(db, target, input.target);
    return { changed: true, result: target };
  });
  return visibleDatasetById(context, datasetId);
}
