import { visibleDatasetById } from '../catalogue/dataset.store.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { revise } from '../catalogue/revise.store.ts';
import { DomainError, type Reason } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { listFactors, replaceFactors } from './acquisition.store.ts';
import type { FactorKind } from './acquisition-record.ts';
import { COLUMN_NAMES, RESTRICTED_NAMES } from './acquisition-values.ts';

export interface FactorInput {
  readonly name: string;
  readonly kind: FactorKind;
  readonly unit: string | null;
}

/** Declares factors beyond the typed columns. Declaring the same again changes nothing. */
export async function declareFactors(
  context: Context,
  input: { dataset: string; factors: readonly FactorInput[] },
): Promise<Dataset> {
  const reasons = input.factors.flatMap(({ name }, index) => nameFaults(name, index));
  if (reasons.length > 0) throw new DomainError('BAD_INPUT', 'The factors are refused.', reasons);
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'factors.declare',
    summary: 'factors declared',
  } as const;
  const { datasetId } = await revise(context, request, async ({ db }, target) => {
    const held = new Map(
      (await listFactors(db, { datasetId: target.datasetId, asOf: target.dataset.revision })).map(
        (factor) => [factor.name, factor],
      ),
    );
    const fresh = input.factors.filter(
      ({ name, kind, unit }) => held.get(name)?.kind !== kind || held.get(name)?.unit !== unit,
    );
    await replaceFactors(db, target, fresh);
    return { changed: fresh.length > 0, result: target };
  });
  return visibleDatasetById(context, datasetId);
}

function nameFaults(name: string, index: number): Reason[] {
  const taken = [
    ...COLUMN_NAMES,
    ...RESTRICTED_NAMES,
    'image',
    'label',
    'annotator',
    'unit',
  ] as readonly string[];
  if (/^[^\p{C}]{1,63}$/u.test(name) && name.trim() === name && !taken.includes(name)) return [];
  const message = taken.includes(name)
    ? `factor ${index}: "${name}" is a column of its own and cannot be declared.`
    : `factor ${index}: "${name}" must be 1–63 printable characters, with no space at either end.`;
  return [{ path: ['factors', String(index), 'name'], code: 'BAD_INPUT', message }];
}
