import { recorded } from '../governance/audit.store.ts';
import { requireMay } from '../governance/policy.ts';
import { insertGrant } from '../governance/principals.store.ts';
import { datasetScope, INSTANCE_SCOPE } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { insertDataset, replaceDescription, visibleDatasetById } from './dataset.store.ts';
import { checkNewDataset, type Dataset, type DatasetDescription, type Sensitivity } from './dataset.ts';
import { openRevision } from './revise.store.ts';
import { licenceFault } from './terms/licence.codec.ts';

export interface NewDataset extends DatasetDescription {
  readonly slug: string;
  readonly sensitivity: Sensitivity;
  readonly unit: string;
}

/** Makes a dataset at revision 1; whoever makes it administers it. */
export async function createDataset(context: Context, input: NewDataset): Promise<Dataset> {
  requireMay(context, 'dataset.create', INSTANCE_SCOPE);
  checkNewDataset(input, licenceFault(input.licence));
  return recorded(context, { action: 'dataset.create', subject: `slug:${input.slug}` }, async (inner) => {
    const id = await insertDataset(inner.db, input, inner.now());
    if (!id)
      throw new DomainError(
        'CONFLICT',
        `slug: a dataset "${input.slug}" exists already; choose another slug.`,
      );
    await replaceDescription(inner.db, { datasetId: id, revision: 1 }, input);
    await openRevision(inner, id, 1, 'created');
    const grant = { scope: datasetScope(id), role: 'ADMINISTRATOR' as const };
    const creator = inner.actor!;
    await insertGrant(
      inner.db,
      { ...grant, principalId: creator.principalId, grantedBy: creator.principalId, expiresAt: null },
      inner.now(),
    );
    creator.grants.push(grant);
    return visibleDatasetById(inner, id);
  });
}
