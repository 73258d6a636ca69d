import { visibleDatasetById } from '../../catalogue/dataset.store.ts';
import { type Dataset, revisionAsked } from '../../catalogue/dataset.ts';
import { revise } from '../../catalogue/revise.store.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Context } from '../../platform/context.ts';
import { listFactorColumns } from '../subjects/subject-pages.store.ts';
import { canonicalTarget, isDeclaredAlike, type TargetDeclaration } from './target-declaration.ts';
import { targetFaults } from './target-faults.ts';
import type { TargetPopulation } from './target-population.ts';
import { listTargets, replaceTarget } from './targets.store.ts';

export interface TargetInput {
  readonly dataset: string;
  readonly target: string;
  readonly source: string;
  readonly dated: string | null;
  readonly shares: TargetDeclaration['shares'];
  readonly strata: TargetDeclaration['strata'];
}

export async function readTargets(
  context: Context,
  dataset: Dataset,
  asOf?: number | null,
): Promise<TargetPopulation[]> {
  return listTargets(context.db, { datasetId: dataset.id, asOf: revisionAsked(dataset, asOf) });
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
    const { source, dated, shares, strata } = input;
    const wanted = canonicalTarget({ name: input.target, source, dated, shares, strata });
    const faults = targetFaults(wanted, new Set(factors));
    if (faults.length > 0)
      throw new DomainError('BAD_INPUT', `The target "${input.target}" is refused.`, faults);
    const held = (await listTargets(db, at)).find(({ name }) => name === wanted.name);
    if (held && isDeclaredAlike(held, wanted)) return { changed: false, result: target };
    await replaceTarget(db, target, wanted);
    return { changed: true, result: target };
  });
  return visibleDatasetById(context, datasetId);
}
