import { visibleDatasetById } from '../catalogue/dataset.store.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { revise } from '../catalogue/revise.store.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { insertGuideline, listGuidelines } from './annotation.store.ts';
import { checkName } from './manage-annotation.ts';

/** Adds a version of the annotation guideline; a version, once given, keeps its text. */
export async function addGuideline(
  context: Context,
  input: { dataset: string; version: string; text: string },
): Promise<Dataset> {
  checkName('version', input.version);
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'guideline.add',
    summary: `guideline ${input.version}`,
  } as const;
  const { datasetId } = await revise(context, request, async ({ db }, target) => {
    const held = await listGuidelines(db, { datasetId: target.datasetId, asOf: target.dataset.revision });
    const same = held.find(({ version }) => version === input.version);
    if (same && same.text !== input.text)
      throw new DomainError(
        'CONFLICT',
        `version: guideline "${input.version}" has another text; give the new text a new version.`,
      );
    if (!same) await insertGuideline(db, target, { version: input.version, text: input.text });
    return { changed: !same, result: target };
  });
  return visibleDatasetById(context, datasetId);
}
