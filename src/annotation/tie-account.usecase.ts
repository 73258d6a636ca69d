import { visibleDatasetById } from '../catalogue/dataset.store.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { revise } from '../catalogue/revise.store.ts';
import { findPrincipal } from '../governance/principals.store.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { listAnnotators } from './annotation.store.ts';
import { tieAccount } from './annotator-accounts.store.ts';

/**
 * Says which account labels under which pseudonym. From then on nobody but it, or who curates, speaks under the
 * pseudonym, and in blind rounds it reads its own statements alone. It is no part of the dataset's record.
 */
export async function tieAnnotatorAccount(
  context: Context,
  input: { dataset: string; annotator: string; account: string },
): Promise<Dataset> {
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'annotator.tie',
    summary: 'an annotator’s account named',
    detail: { annotator: input.annotator },
  } as const;
  const { datasetId } = await revise(context, request, async ({ db }, target) => {
    const now = { datasetId: target.datasetId, asOf: target.dataset.revision };
    const annotators = await listAnnotators(db, now);
    if (!annotators.some(({ pseudonym }) => pseudonym === input.annotator))
      throw new DomainError(
        'NOT_FOUND',
        `annotator: the dataset has no annotator "${input.annotator}"; declare it first.`,
      );
    const principal = await findPrincipal(db, input.account);
    if (principal === null)
      throw new DomainError('NOT_FOUND', `account: there is no principal "${input.account}".`);
    await tieAccount(db, target.datasetId, { pseudonym: input.annotator, principalId: principal.id });
    return { changed: false, result: target };
  });
  return visibleDatasetById(context, datasetId);
}
