import type { Context } from '../platform/context.ts';
import { replaceDescription, visibleDatasetById } from './dataset.store.ts';
import { checkDescription, type Dataset, type DatasetDescription, sameDescription } from './dataset.ts';
import { revise } from './revise.store.ts';

/** Replaces title, description, licence, custodian and terms as one. */
export async function describeDataset(
  context: Context,
  input: DatasetDescription & { dataset: string },
): Promise<Dataset> {
  checkDescription(input);
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'dataset.describe',
    summary: 'description changed',
  } as const;
  const { datasetId } = await revise(context, request, async ({ db }, target) => {
    const changed = !sameDescription(target.dataset, input);
    if (changed) await replaceDescription(db, target, input);
    return { changed, result: target };
  });
  return visibleDatasetById(context, datasetId);
}
