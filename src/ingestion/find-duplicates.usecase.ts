import { type Dataset, revisionAsked } from '../catalogue/dataset.ts';
import { mayReadNames } from '../catalogue/visible-name.ts';
import type { Context } from '../platform/context.ts';
import { type DuplicateFinding, duplicatesAmong } from './duplicates.store.ts';

/** Exact and confirmed near duplicates among the kept images, as of a revision. */
export async function findDuplicates(
  context: Context,
  dataset: Dataset,
  asOf?: number | null,
): Promise<DuplicateFinding> {
  const finding = await duplicatesAmong(context.db, {
    datasetId: dataset.id,
    asOf: revisionAsked(dataset, asOf),
  });
  return mayReadNames(context.actor, dataset) ? finding : withoutNames(finding);
}

function withoutNames(finding: DuplicateFinding): DuplicateFinding {
  return {
    ...finding,
    exact: finding.exact.map((twins) => ({
      ...twins,
      images: twins.images.map(({ id }) => ({ id, name: null })),
    })),
    near: finding.near.map((pair) => ({ ...pair, firstName: null, secondName: null })),
  };
}
