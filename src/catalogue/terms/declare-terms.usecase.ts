import { setOpenScope } from '../../governance/open-scopes.store.ts';
import { datasetScope } from '../../kernel/actor.ts';
import type { Context } from '../../platform/context.ts';
import { replaceDescription } from '../dataset.store.ts';
import { sameDescription } from '../dataset.ts';
import { revise } from '../revise.store.ts';
import { licenceFault } from './licence.codec.ts';
import { findTerms, replaceTerms } from './terms.store.ts';
import { checkTerms, type DatasetTerms, sameTerms, type Terms } from './terms.ts';

/**
 * Declares the terms of a dataset as one, as its next version: with them its licence and data-use terms change, and whether it is open
 * to everyone. The same terms declared again make no version.
 */
export async function declareTerms(
  context: Context,
  { dataset: slug, ...terms }: Terms & { readonly dataset: string },
): Promise<DatasetTerms> {
  checkTerms(terms, licenceFault(terms.licence));
  const { licence, dataUseTerms, visibility, embargoUntil, acceptance, consent } = terms;
  const request = {
    dataset: slug,
    action: 'terms.declare',
    verb: 'terms.declare',
    summary: 'terms declared',
    detail: {
      ...{ licence, dataUseTerms, visibility, acceptance, consent },
      embargoUntil: embargoUntil?.toISOString() ?? null,
    },
  } as const;
  const datasetId = await revise(context, request, async (inner, target) => {
    const { db, now } = inner;
    const held = await findTerms(db, target.datasetId);
    if (held && sameTerms(held, terms)) return { changed: false, result: target.datasetId };
    await replaceTerms(db, target, terms);
    const description = { ...target.dataset, licence, dataUseTerms };
    if (!sameDescription(target.dataset, description)) await replaceDescription(db, target, description);
    const open = visibility === 'PUBLIC' ? (embargoUntil ?? now()) : null;
    await setOpenScope(db, datasetScope(target.datasetId), open);
    return { changed: true, result: target.datasetId };
  });
  return (await findTerms(context.db, datasetId))!;
}
