import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { replaceDescription, visibleDatasetById } from './dataset.store.ts';
import { checkDescription, type Dataset, type DatasetDescription, sameDescription } from './dataset.ts';
import { revise } from './revise.store.ts';
import { licenceFault } from './terms/licence.codec.ts';
import { findTerms } from './terms/terms.store.ts';

/** Replaces title, description, licence, custodian and terms as one. */
export async function describeDataset(
  context: Context,
  input: DatasetDescription & { dataset: string },
): Promise<Dataset> {
  checkDescription(input, licenceFault(input.licence));
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'dataset.describe',
    summary: 'description changed',
  } as const;
  const { datasetId } = await revise(context, request, async ({ db }, target) => {
    const changed = !sameDescription(target.dataset, input);
    if (changed) await requireTermsUntouched(db, target.dataset, input);
    if (changed) await replaceDescription(db, target, input);
    return { changed, result: target };
  });
  return visibleDatasetById(context, datasetId);
}

/** Once terms are declared, licence and data-use terms change with them alone, so that consumers accept what holds. */
async function requireTermsUntouched(
  db: Context['db'],
  held: Dataset,
  wanted: DatasetDescription,
): Promise<void> {
  const { licence, dataUseTerms } = wanted;
  if (sameDescription(held, { ...held, licence, dataUseTerms })) return;
  const terms = await findTerms(db, held.id);
  if (!terms) return;
  throw new DomainError(
    'CONFLICT',
    `licence, dataUseTerms: they stand in version ${terms.version} of the terms of ${held.slug}; change them by declareTerms.`,
  );
}
