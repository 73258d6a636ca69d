import { visibleDatasetById } from '../catalogue/dataset.store.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { revise } from '../catalogue/revise.store.ts';
import { canonicalDecimal } from '../kernel/decimal.ts';
import { DomainError, isDomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { listFactorColumns } from './subjects.store.ts';
import { targetFaults } from './target-faults.ts';
import type { TargetPopulation, TargetShare } from './target-population.ts';
import { listTargets, replaceTarget } from './targets.store.ts';

export interface TargetInput {
  readonly dataset: string;
  readonly target: string;
  readonly source: string;
  readonly dated: string | null;
  readonly shares: readonly TargetShare[];
}

/** Declares a target population as one; one of the same name is replaced. The same again changes nothing. */
export async function declareTarget(context: Context, input: TargetInput): Promise<Dataset> {
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'target.declare',
    summary: `target population "${input.target}" declared`,
    detail: { target: input.target },
  } as const;
  const { datasetId } = await revise(context, request, async ({ db }, target) => {
    const at = { datasetId: target.datasetId, asOf: target.dataset.revision };
    const columns = await listFactorColumns(db, at);
    const factors = ['label', ...columns.flatMap(({ name, kind }) => (kind === 'NOMINAL' ? [name] : []))];
    const shares = input.shares.map((row) => ({ ...row, share: canonicalWherePossible(row.share) }));
    const wanted = { name: input.target, source: input.source, dated: input.dated, shares };
    const faults = targetFaults(wanted, new Set(factors));
    if (faults.length > 0)
      throw new DomainError('BAD_INPUT', `The target "${input.target}" is refused.`, faults);
    const held = (await listTargets(db, at)).find(({ name }) => name === wanted.name);
    if (held && sameTarget(held, wanted)) return { changed: false, result: target };
    await replaceTarget(db, target, wanted);
    return { changed: true, result: target };
  });
  return visibleDatasetById(context, datasetId);
}

/** What is no decimal is left as it is, and refused with the other faults. */
function canonicalWherePossible(share: string): string {
  try {
    return canonicalDecimal(share);
  } catch (error) {
    if (isDomainError(error)) return share;
    throw error;
  }
}

function sameTarget(one: TargetPopulation, other: Omit<TargetPopulation, 'datasetId'>): boolean {
  const text = ({ factor, level, share }: TargetShare) => JSON.stringify([factor, level, share]);
  const left = one.shares.map(text).sort();
  const right = other.shares.map(text).sort();
  return (
    one.source === other.source &&
    one.dated === other.dated &&
    left.length === right.length &&
    left.every((row, index) => row === right[index])
  );
}
