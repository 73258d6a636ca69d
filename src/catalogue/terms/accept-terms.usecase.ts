import { recorded } from '../../governance/audit.store.ts';
import { datasetScope } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Context } from '../../platform/context.ts';
import { visibleDataset } from '../dataset.store.ts';
import { insertAcceptance, type TermsAcceptance } from './acceptances.store.ts';
import { type DeclaredUse, judgePurposes } from './judge-purposes.ts';
import { findTerms } from './terms.store.ts';

/** Accepts the terms in force, on the record, for what the one who asks says the data are for; judged by the data-use terms. */
export async function acceptTerms(
  context: Context,
  input: DeclaredUse & { readonly dataset: string; readonly version: number },
): Promise<TermsAcceptance> {
  const { id: datasetId, slug } = await visibleDataset(context, input.dataset);
  const { version, statement } = input;
  const purposes = [...new Set(input.purposes)].sort();
  if (purposes.length === 0)
    throw new DomainError('BAD_INPUT', 'purposes: say at least one purpose for which the data are used.');
  if (purposes.length === 1 && purposes[0] === 'COMMERCIAL')
    throw new DomainError('BAD_INPUT', 'purposes: COMMERCIAL says how; add the purpose that says what for.');
  const entry = { action: 'terms.accept', subject: datasetScope(datasetId), detail: { version, purposes } };
  return recorded(context, entry, async (inner) => {
    const terms = await findTerms(inner.db, datasetId);
    if (!terms)
      throw new DomainError('NOT_FOUND', `version: ${slug} declares no terms that ask for acceptance.`);
    if (terms.version !== version)
      throw new DomainError(
        'CONFLICT',
        `version: the terms of ${slug} stand at version ${terms.version}, not ${version}; read them and accept those.`,
      );
    judgePurposes(terms.dataUseTerms, { purposes, statement });
    const { principalId } = inner.actor!;
    const said = { datasetId, version, principalId, purposes, statement };
    return insertAcceptance(inner.db, said, inner.now());
  });
}
