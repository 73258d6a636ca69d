import {
  DUPLICATE_JUDGEMENTS,
  type DuplicateJudgement,
  type NamedDuplicate,
} from '../ingestion/declared-duplicate.ts';
import { columnTemplate } from './column-template.ts';
import type { Refusal } from './import-plan.ts';
import { unknownColumn } from './table-columns.ts';
import type { TableReading, TableRows } from './table-reading.ts';

export interface DuplicatePairs {
  readonly pairs: (NamedDuplicate & { readonly row: number })[];
  readonly refused: Refusal[];
}

type Field = 'first' | 'second' | 'judgement';

/**
 * Reads a table of known duplicates: the columns first and second name two images, judgement says how alike they are:
 * exact, near or similar, or 0, 1, 2 as in the lists of Barz and Denzler (2020). A row at fault is refused, the others go
 * on. Throws UNKNOWN_COLUMN.
 */
export function planDuplicatePairs(
  { header, rows }: TableRows,
  { mapping, set }: Pick<TableReading, 'mapping' | 'set'>,
): DuplicatePairs {
  const names = header.map((name) => name.trim());
  const reader = (field: Field) => {
    const template = set?.get(field);
    if (template !== undefined) return columnTemplate(template, header);
    const column = mapping?.get(field) ?? field;
    const index = names.indexOf(column);
    if (index < 0) throw unknownColumn(`${field}=${column}`, column, names);
    return (row: readonly string[]) => (row[index] ?? '').trim();
  };
  const [first, second, judgement] = [reader('first'), reader('second'), reader('judgement')];
  const read: DuplicatePairs = { pairs: [], refused: [] };
  for (const [index, row] of rows.entries()) {
    if (row.every((cell) => cell.trim() === '')) continue;
    const cells = { first: first(row), second: second(row), judgement: judgement(row) };
    const faults = faultsOf(cells).map((fault) => ({ ...fault, where: `row ${index + 2}` }));
    read.refused.push(...faults);
    if (faults.length === 0)
      read.pairs.push({ ...cells, judgement: judgementOf(cells.judgement)!, row: index + 2 });
  }
  return read;
}

function faultsOf(cells: Record<Field, string>): Omit<Refusal, 'where'>[] {
  const fault = (field: Field, message: string) => ({ field, code: 'INVALID_VALUE' as const, message });
  const nameless = (['first', 'second'] as const).filter((field) => cells[field] === '');
  const faults = nameless.map((field) => fault(field, `${field}: the row names no image.`));
  if (judgementOf(cells.judgement) !== null) return faults;
  return [
    ...faults,
    fault('judgement', `judgement: "${cells.judgement}" is none of exact, near, similar (0, 1, 2).`),
  ];
}

function judgementOf(text: string): DuplicateJudgement | null {
  const word = text.toUpperCase();
  return (
    DUPLICATE_JUDGEMENTS.find((judgement, index) => judgement === word || String(index) === text) ?? null
  );
}
