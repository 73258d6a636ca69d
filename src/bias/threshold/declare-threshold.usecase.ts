import { visibleDatasetById } from '../../catalogue/dataset.store.ts';
import { type Dataset, revisionAsked } from '../../catalogue/dataset.ts';
import { revise } from '../../catalogue/revise.store.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Context } from '../../platform/context.ts';
import type { OwnThreshold } from './own-threshold.ts';
import { type ThresholdDeclaration, thresholdFaults } from './threshold-faults.ts';
import { listThresholds, replaceThreshold } from './thresholds.store.ts';

export async function readThresholds(
  context: Context,
  dataset: Dataset,
  asOf?: number | null,
): Promise<OwnThreshold[]> {
  return listThresholds(context.db, { datasetId: dataset.id, asOf: revisionAsked(dataset, asOf) });
}

/** Sets limits for this dataset in place of the default ones; its reports from this revision on say so. */
export async function declareThreshold(
  context: Context,
  input: ThresholdDeclaration & { readonly dataset: string },
): Promise<Dataset> {
  const { dataset, ...declared } = input;
  const request = {
    dataset,
    action: 'dataset.curate',
    verb: 'threshold.declare',
    summary: `limits of ${declared.statistic} set`,
    detail: { statistic: declared.statistic, side: declared.side },
  } as const;
  const { datasetId } = await revise(context, request, async ({ db }, target) => {
    const faults = thresholdFaults(declared);
    if (faults.length > 0) throw new DomainError('BAD_INPUT', 'The limits are refused.', faults);
    const own: OwnThreshold = { ...declared, amber: String(declared.amber), red: String(declared.red) };
    const held = await listThresholds(db, { datasetId: target.datasetId, asOf: target.dataset.revision });
    if (held.some((one) => JSON.stringify(one) === JSON.stringify(inOrder(own))))
      return { changed: false, result: target };
    await replaceThreshold(db, target, own);
    return { changed: true, result: target };
  });
  return visibleDatasetById(context, datasetId);
}

function inOrder({ statistic, side, amber, red, source }: OwnThreshold): OwnThreshold {
  return { statistic, side, amber, red, source };
}
