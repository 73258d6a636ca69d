import type { AcquisitionDraft, ImportPlan } from '../../interchange/import-plan.ts';
import { compareText } from '../../kernel/compare-text.ts';
import { isDomainError } from '../../kernel/errors.ts';
import { accepted, ask, PROBLEM } from './graphql.ts';
import { batchesOf, type ImportTarget } from './import-images.ts';
import { addBatch, BULK_REPORT, type BulkReport, type RefusedItem } from './import-report.ts';

const ROWS_A_BATCH = 2_000;

/** Adds the classes a source uses to the label schema. Where the source gives them no order, by code point. */
export async function extendClasses(target: ImportTarget, plan: ImportPlan): Promise<void> {
  if (plan.classes.length === 0) return;
  const names = plan.source.format === 'COCO' ? plan.classes : [...plan.classes].sort(compareText);
  const { defineLabelSchema } = await ask<{ defineLabelSchema: { revision: number } }>(
    target.access,
    `mutation Extend($input: DefineLabelSchemaInput!) {
       defineLabelSchema(input: $input) { ... on Dataset { revision } ${PROBLEM} } }`,
    { input: { dataset: target.report.dataset, extend: true, classes: names.map((name) => ({ name })) } },
  );
  target.report.revision = accepted(defineLabelSchema).revision;
}

/**
 * Declares the factors that the dataset does not know yet; those it knows keep their kind. A name that cannot be
 * declared is refused, and its values are left out. Returns the names left out.
 */
export async function declareFactors(
  target: ImportTarget,
  factors: ImportPlan['factors'],
): Promise<ReadonlySet<string>> {
  const { access, report } = target;
  const { dataset } = await ask<{ dataset: { factors: { name: string }[] } }>(
    access,
    'query Factors($slug: String!) { dataset(slug: $slug) { factors { name } } }',
    { slug: report.dataset },
  );
  const known = new Set(dataset.factors.map(({ name }) => name));
  let fresh = factors.filter(({ name }) => !known.has(name));
  const left = new Set<string>();
  while (fresh.length > 0) {
    const { declareFactors } = await ask<{ declareFactors: { revision: number } }>(
      access,
      `mutation Declare($input: DeclareFactorsInput!) {
         declareFactors(input: $input) { ... on Dataset { revision } ${PROBLEM} } }`,
      { input: { dataset: report.dataset, factors: fresh.map(({ name, kind }) => ({ name, kind })) } },
    );
    try {
      report.revision = accepted(declareFactors).revision;
      break;
    } catch (error) {
      if (!isDomainError(error) || error.reasons.length === 0) throw error;
      for (const { path, code, message } of error.reasons) {
        const name = fresh[Number(path[1])]!.name;
        left.add(name);
        report.refused.push({ file: `column ${name}`, field: name, code, message });
      }
      fresh = fresh.filter(({ name }) => !left.has(name));
    }
  }
  return left;
}

/** Records how images were made. `source` is what each value will remember. */
export async function importAcquisition(
  target: ImportTarget,
  rows: readonly AcquisitionDraft[],
  source: { name: string; leaveOut: ReadonlySet<string>; strict: boolean },
): Promise<void> {
  target.progress.start('metadata', rows.length);
  for (const batch of batchesOf(rows, ROWS_A_BATCH)) {
    const input = {
      dataset: target.report.dataset,
      source: source.name,
      strict: source.strict,
      rows: batch.map(({ image, columns }) => ({
        image,
        values: columns.filter(({ name }) => !source.leaveOut.has(name)),
      })),
    };
    const mutation = `mutation Record($input: RecordAcquisitionInput!) {
      recordAcquisition(input: $input) { ${BULK_REPORT} ${PROBLEM} } }`;
    const answer = await ask<{ recordAcquisition: BulkReport }>(target.access, mutation, { input });
    const place = (row: number): Pick<RefusedItem, 'row' | 'file'> =>
      source.name === 'csv' ? { row: batch[row]!.row, file: batch[row]!.image } : { file: batch[row]!.image };
    addBatch(target.report, 'acquisition', accepted(answer.recordAcquisition), place);
    target.progress.advance(batch.length);
  }
  target.progress.stop();
}
