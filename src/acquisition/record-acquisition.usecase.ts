import { type BulkReport, type RefusedRow, refusedRow, refuseIfStrict } from '../catalogue/bulk.ts';
import { findImagesByName } from '../catalogue/image.store.ts';
import { closeRows, revise } from '../catalogue/revise.store.ts';
import type { Context } from '../platform/context.ts';
import { findAcquisitions, insertAcquisitions, listFactors } from './acquisition.store.ts';
import {
  type AcquisitionRecord,
  EMPTY_RECORD,
  type FieldValue,
  fieldFaults,
  mergeAcquisition,
  sameRecord,
} from './acquisition-record.ts';

export interface AcquisitionInput {
  readonly dataset: string;
  /** Where the values come from: `csv`, `file-name`, … Each value remembers it. */
  readonly source: string;
  readonly strict: boolean;
  readonly rows: readonly { image: string; values: readonly FieldValue[] }[];
}

/** Lays metadata over the images named; a value given replaces the one held, others stay. */
export async function recordAcquisition(context: Context, input: AcquisitionInput): Promise<BulkReport> {
  const request = {
    dataset: input.dataset,
    action: 'dataset.curate',
    verb: 'acquisition.record',
    summary: `metadata of ${input.rows.length} rows from ${input.source}`,
  } as const;
  return revise(context, request, async ({ db }, target) => {
    const now = { datasetId: target.datasetId, asOf: target.dataset.revision };
    const images = await findImagesByName(
      db,
      now.datasetId,
      now.asOf,
      input.rows.map(({ image }) => image),
    );
    const idOf = new Map(images.map(({ name, id }) => [name, id]));
    const factors = new Map((await listFactors(db, now)).map((factor) => [factor.name, factor]));
    const held = new Map(
      (await findAcquisitions(db, now, [...idOf.values()])).map((record) => [
        record.imageId,
        record as AcquisitionRecord,
      ]),
    );
    const refused: RefusedRow[] = [];
    const next = new Map<string, AcquisitionRecord>();
    const untouched = new Set<number>();
    input.rows.forEach(({ image, values }, row) => {
      const id = idOf.get(image);
      if (!id) {
        refused.push(
          refusedRow(row, image, {
            path: ['image'],
            code: 'UNKNOWN_IMAGE',
            message: `row ${row}: no image "${image}" is in the dataset.`,
          }),
        );
        return;
      }
      const faults = fieldFaults(values, factors);
      refused.push(
        ...faults.map((fault) =>
          refusedRow(row, image, { ...fault, message: `row ${row} (${image}): ${fault.message}` }),
        ),
      );
      if (faults.length > 0) return;
      const before = next.get(id) ?? held.get(id) ?? EMPTY_RECORD;
      const after = mergeAcquisition(before, values, input.source, factors);
      if (sameRecord(before, after)) untouched.add(row);
      else next.set(id, after);
    });
    refuseIfStrict(input.strict, refused);
    await closeRows(db, 'acquisition', target, [...next.keys()]);
    const records = [...next].map(([imageId, record]) => ({ imageId, record }));
    await insertAcquisitions(db, { ...target, unitField: target.dataset.unit }, records);
    const refusedRows = new Set(refused.map(({ row }) => row)).size;
    return {
      changed: next.size > 0,
      result: {
        datasetId: target.datasetId,
        revision: next.size > 0 ? target.revision : target.dataset.revision,
        taken: input.rows.length - untouched.size - refusedRows,
        alreadyThere: untouched.size,
        refused,
      },
    };
  });
}
