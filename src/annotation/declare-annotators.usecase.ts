import { visibleDatasetById } from '../catalogue/dataset.store.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { revise } from '../catalogue/revise.store.ts';
import type { Context } from '../platform/context.ts';
import { type Annotator, listAnnotators, replaceAnnotators } from './annotation.store.ts';
import { checkPseudonym } from './manage-annotation.ts';

/** Says who annotators are: person, model or derived, and of which expertise. */
export async function declareAnnotators(
  context: Context,
  input: { dataset: string; annotators: readonly Omit<Annotator, 'datasetId'>[] },
): Promise<Dataset> {
  for (const { pseudonym } of input.annotators) checkPseudonym(pseudonym);
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'annotators.declare',
    summary: 'annotators declared',
  } as const;
  const { datasetId } = await revise(context, request, async ({ db }, target) => {
    const now = { datasetId: target.datasetId, asOf: target.dataset.revision };
    const held = new Map(
      (await listAnnotators(db, now)).map((annotator) => [annotator.pseudonym, annotator]),
    );
    const fresh = input.annotators.filter(
      ({ pseudonym, kind, expertise }) =>
        held.get(pseudonym)?.kind !== kind || held.get(pseudonym)?.expertise !== expertise,
    );
    await replaceAnnotators(db, target, fresh);
    return { changed: fresh.length > 0, result: target };
  });
  return visibleDatasetById(context, datasetId);
}
