import DataLoader from 'dataloader';
import type { Context } from '../../platform/context.ts';
import { readOwnAcceptances, readTerms, type TermsWanted } from './read-terms.usecase.ts';

/** Terms of a request's datasets, one statement for all. */
export function termsLoader(context: Context) {
  return new DataLoader((wanted: readonly TermsWanted[]) => readTerms(context, wanted), {
    cache: false,
  });
}

/** What the one who asks accepted of a request's datasets, one statement for all. */
export function ownAcceptancesLoader(context: Context) {
  return new DataLoader(
    async (datasetIds: readonly string[]) => {
      const found = await readOwnAcceptances(context, datasetIds);
      return datasetIds.map((id) => found.filter(({ datasetId }) => datasetId === id));
    },
    { cache: false },
  );
}
