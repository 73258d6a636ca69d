import { parse } from 'csv-parse/sync';
import { type AnnotationDraft, numberOccurrences } from '../annotation/annotation-draft.ts';
import { DomainError } from '../kernel/errors.ts';
import { columnTemplate } from './column-template.ts';
import { emptyPlan, type ImportPlan } from './import-plan.ts';
import { planTable } from './plan-table.ts';
import { tableColumns, unknownColumn } from './table-columns.ts';
import type { TableReading, TableRows } from './table-reading.ts';

export interface TableOptions extends TableReading {
  /** The table's path, whose extension tells a TSV. */
  readonly path?: string;
  /** Who annotated, where a row does not say. */
  readonly annotator: string | null;
}

const DELIMITERS = [',', ';', '\t', '|'];

/** Divides a CSV or TSV (RFC 4180; BOM, LF or CRLF) into rows. Throws MALFORMED_FILE where that cannot be done. */
export function tableRows(text: string, path: string): TableRows {
  const delimiter = delimiterOf(text, path);
  const [header, ...rows] = parseRows(text, delimiter);
  if (header === undefined)
    throw new DomainError('MALFORMED_FILE', 'The table is empty; its first row names the columns.');
  return { delimiter, header, rows };
}

/**
 * Reads a CSV or TSV (RFC 4180; BOM, LF or CRLF) of one row for each image, or for each image and annotator.
 *
 * Fields (table-columns.ts) mean what they say, other columns are declared factors of the image. Cells are trimmed,
 * empty ones state nothing. `label` is a CLASS annotation; a numeric `value` a VALUE, any other value, or one with
 * an `attribute`, an ATTRIBUTE. A row with both gives two annotations, the first of which carries the seconds.
 * Rows are counted as in a spreadsheet: the header is row 1. A row at fault is refused whole; the others go on. A date
 * of capture that is none, and a measure that is no number, is refused alone: the rest of its row is taken.
 * Throws UNKNOWN_COLUMN, and MALFORMED_FILE for a table that cannot be divided into rows.
 */
export function readTable(text: string, options: TableOptions): ImportPlan {
  return readTableRows(tableRows(text, options.path ?? ''), options);
}

/** The same of a table divided already, or made of something else; `format` is what it was. */
export function readTableRows(table: TableRows, options: TableOptions, format?: string): ImportPlan {
  const { mapping = new Map(), set = new Map(), leaveOut = [] } = options;
  const { delimiter, header, rows, numbers } = table;
  const plan = emptyPlan({
    format: format ?? (delimiter === '\t' ? 'TSV' : 'CSV'),
    version: null,
    frame: 'no coordinates',
  });
  const names = [...without(header, leaveOut), ...set.keys()];
  const { columns, notes } = tableColumns(names, mapping);
  plan.notes.push(...notes);
  planTable(plan, rows, {
    columns,
    header,
    made: [...set.values()].map((template) => columnTemplate(template, header)),
    numbers,
    annotator: options.annotator,
    labelSeparator: options.labelSeparator || null,
  });
  plan.annotations = withoutRepeatedClasses(plan);
  plan.annotators = groupsOf(plan, options.annotator);
  return plan;
}

/** Whoever is counted by votes is a group. */
function groupsOf({ annotations }: ImportPlan, annotator: string | null): ImportPlan['annotators'] {
  const counted = annotations.filter(({ votes = 1 }) => votes > 1);
  const names = [...new Set(counted.map((draft) => draft.annotator ?? annotator))];
  return names.flatMap((name) => (name === null ? [] : [{ name, kind: 'GROUP', expertise: null }]));
}

/** A column without a name means nothing. */
function without(header: readonly string[], leaveOut: readonly string[]): string[] {
  const names = header.map((name) => name.trim());
  const unknown = leaveOut.find((column) => !names.includes(column));
  if (unknown !== undefined) throw unknownColumn(`--leave-out ${unknown}`, unknown, names);
  return names.map((name) => (leaveOut.includes(name) ? '' : name));
}

/** In a table of one row for each attribute the class stands in every row; it was said once. */
function withoutRepeatedClasses(plan: ImportPlan): AnnotationDraft[] {
  if (!plan.annotations.some(({ kind }) => kind !== 'CLASS')) return plan.annotations;
  const first = numberOccurrences(plan.annotations).filter(({ occurrence }) => occurrence === 0);
  const repeated = plan.annotations.length - first.length;
  const message = `${repeated} rows repeat the label of another row on the same image, which is taken once.`;
  if (repeated > 0) plan.notes.push({ where: 'column label', message });
  return first;
}

function parseRows(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { delimiter, bom: true, relax_column_count: true, skip_empty_lines: false });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_'))) throw error;
    throw new DomainError('MALFORMED_FILE', `The table cannot be read: ${error.message}.`);
  }
}

/** By extension, else the delimiter that the header has most of, outside of quotes. */
function delimiterOf(text: string, path: string): string {
  if (/\.(?:tsv|tab)$/i.test(path)) return '\t';
  const header = (/^\uFEFF?([^\r\n]*)/.exec(text)?.[1] ?? '').replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}
