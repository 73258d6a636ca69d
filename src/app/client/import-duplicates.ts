import { planDuplicatePairs } from '../../interchange/plan-duplicate-pairs.ts';
import { tableRows } from '../../interchange/table.codec.ts';
import type { TableReading } from '../../interchange/table-reading.ts';
import { accepted, ask, PROBLEM } from './graphql.ts';
import type { ServerAccess } from './http.ts';
import { batchesOf } from './import-images.ts';
import { BULK_REPORT, type BulkReport, type RefusedItem } from './import-report.ts';
import { readText } from './read-text.ts';

export interface DuplicateOptions extends Pick<TableReading, 'mapping' | 'set'> {
  readonly dataset: string;
  readonly path: string;
  /** Who found them, and how. */
  readonly source: string;
}

/** What `holotype import duplicates --json` prints. */
export interface DuplicateReport {
  readonly dataset: string;
  readonly revision: number;
  readonly pairs: number;
  readonly alreadyThere: number;
  readonly refused: readonly RefusedItem[];
}

const PAIRS_A_BATCH = 2_000;

/** Declares the pairs of a table to be duplicates of each other; may be repeated without harm. */
export async function importDuplicates(
  access: ServerAccess,
  { dataset, path, source, mapping, set }: DuplicateOptions,
): Promise<DuplicateReport> {
  const rows = tableRows(await readText(path), path.replace(/\.gz$/i, ''));
  const read = planDuplicatePairs(rows, { mapping, set });
  const refused: RefusedItem[] = read.refused.map(({ where, field, code, message }) => ({
    row: Number(where.slice('row '.length)),
    field: field!,
    code,
    message,
  }));
  const report = { dataset, revision: 0, pairs: 0, alreadyThere: 0, refused };
  for (const batch of batchesOf(read.pairs, PAIRS_A_BATCH)) {
    const pairs = batch.map(({ first, second, judgement }) => ({ first, second, judgement }));
    const { declareDuplicates } = await ask<{ declareDuplicates: BulkReport }>(
      access,
      `mutation Declare($input: DeclareDuplicatesInput!) { declareDuplicates(input: $input) { ${BULK_REPORT} ${PROBLEM} } }`,
      { input: { dataset, source, pairs } },
    );
    const done = accepted(declareDuplicates);
    report.revision = done.revision;
    report.pairs += done.taken;
    report.alreadyThere += done.alreadyThere;
    for (const { row, field, code, message } of done.refused)
      refused.push({ row: batch[row]!.row, ...(field === null ? {} : { field }), code, message });
  }
  return report;
}
