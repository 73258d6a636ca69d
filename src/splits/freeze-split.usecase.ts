import { lockDataset, visibleDataset } from '../catalogue/dataset.store.ts';
import { recorded } from '../governance/audit.store.ts';
import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError, type Reason } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import type { Split } from './split.ts';
import type { SplitCertificate } from './split-certificate.ts';
import { findSplit, freezeRow } from './splits.store.ts';

export interface FreezeInput {
  readonly dataset: string;
  readonly name: string;
  /** Why a split that leaks may be frozen all the same; it stands in the certificate. */
  readonly waiver: string | null;
}

/** Freezes a draft for good. One that leaks is refused, unless someone says in writing why it may. */
export async function freezeSplit(context: Context, input: FreezeInput): Promise<Split> {
  const dataset = await visibleDataset(context, input.dataset);
  requireMay(context, 'split.write', datasetScope(dataset.id));
  const entry = {
    action: 'split.freeze',
    subject: datasetScope(dataset.id),
    detail: { name: input.name, waiver: input.waiver },
  };
  return recorded(context, entry, async ({ db, now }) => {
    await lockDataset(db, dataset.id);
    const split = await findSplit(db, dataset.id, input.name);
    if (!split)
      throw new DomainError('NOT_FOUND', `name: the dataset has no split "${input.name}"; create it first.`);
    if (split.state === 'FROZEN') return split;
    const { leakage } = split.certificate;
    const waiver = leakage.leaks ? input.waiver?.trim() || null : null;
    if (leakage.leaks && waiver === null) throw leaks(input.name, leakage);
    await freezeRow(db, split.id, { ...split.certificate, waiver }, waiver, now());
    return (await findSplit(db, dataset.id, input.name))!;
  });
}

function leaks(name: string, leakage: SplitCertificate['leakage']): DomainError {
  const reasons: Reason[] = (['sharedGroups', 'exactDuplicates', 'nearDuplicates'] as const).flatMap(
    (kind) => {
      const finding = leakage[kind];
      if (finding.status !== 'EXAMINED' || finding.count === 0) return [];
      const first = JSON.stringify(finding.listed[0]);
      return [
        {
          path: ['leakage', kind],
          code: 'LEAKAGE' as const,
          message: `${finding.count} ${WORDS[kind]} stand in two parts or more, first ${first}.`,
        },
      ];
    },
  );
  return new DomainError(
    'LEAKAGE',
    `The split "${name}" leaks and is not frozen: group by what is shared, exclude the duplicates, or give a written waiver.`,
    reasons,
  );
}

const WORDS = {
  sharedGroups: 'groups',
  exactDuplicates: 'exact duplicates',
  nearDuplicates: 'near duplicates',
};
