import type { Context } from '../platform/context.ts';
import { visibleDatasetById } from './dataset.store.ts';
import type { Dataset } from './dataset.ts';
import { changeLabelClasses, listLabelClasses } from './label-schema.store.ts';
import { checkLabelSchema, extendLabelSchema, labelSchemaChanges } from './label-schema.ts';
import { revise } from './revise.store.ts';

export interface LabelSchemaInput {
  readonly dataset: string;
  readonly classes: readonly { name: string; iri: string | null }[];
  /** Adds to the classes in force and removes none: what an import wants. */
  readonly extend: boolean;
}

export async function defineLabelSchema(context: Context, input: LabelSchemaInput): Promise<Dataset> {
  checkLabelSchema(input.classes);
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'dataset.label-schema',
    summary: 'label schema changed',
  } as const;
  const { datasetId } = await revise(context, request, async ({ db }, target) => {
    const current = await listLabelClasses(db, {
      datasetId: target.datasetId,
      asOf: target.dataset.revision,
    });
    const wanted = input.extend ? extendLabelSchema(current, input.classes) : input.classes;
    const changes = labelSchemaChanges(
      current,
      wanted.map(({ name, iri }) => ({ name, iri })),
    );
    await changeLabelClasses(db, target, changes);
    return { changed: changes.close.length + changes.open.length > 0, result: target };
  });
  return visibleDatasetById(context, datasetId);
}
