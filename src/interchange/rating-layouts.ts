import { DomainError } from '../kernel/errors.ts';
import { TABLE_FIELDS, unknownColumn } from './table-columns.ts';
import type { TableRows } from './table-reading.ts';

/** Which columns of a table hold ratings, and what their cells are. */
export interface RatingColumns {
  /** Null: every column that is not mapped, left out, or a field of tables by its name. */
  readonly columns: readonly string[] | null;
  readonly mapping: ReadonlyMap<string, string>;
  readonly leaveOut: readonly string[];
}

/** Items of patterns are made, one by one. */
const MOST_ITEMS = 10_000_000;

/**
 * One column a rater, one row an item → one row a rating (image columns, `annotator`, `field`). With `group`, the
 * columns are slots of nobody in particular (as in tables made of counts): their equal cells are votes of one group.
 */
export function wideRatings(
  table: TableRows,
  choice: RatingColumns,
  { field, group }: { field: string; group: string | null },
): TableRows {
  const columns = ratingColumns(table.header, choice);
  const added = ['annotator', field, ...(group === null ? [] : ['votes'])];
  return spread(table, columns, added, (cells) => {
    const given = cells.filter(({ cell }) => cell !== '');
    if (group === null) return given.map(({ name, cell }) => [name, cell]);
    const votes = new Map<string, number>();
    for (const { cell } of given) votes.set(cell, (votes.get(cell) ?? 0) + 1);
    return [...votes].map(([cell, count]) => [group, cell, String(count)]);
  });
}

/** One column a class, the cell how many raters chose it → one row a class chosen, with its `votes`, of the group. */
export function countedRatings(
  table: TableRows,
  choice: RatingColumns,
  { group, classes }: { group: string; classes: readonly string[] | null },
): TableRows {
  const columns = ratingColumns(table.header, choice);
  if (classes !== null && classes.length !== columns.length)
    throw new DomainError(
      'BAD_INPUT',
      `${classes.length} classes are named, and ${columns.length} columns hold counts; name each column in order.`,
    );
  return spread(table, columns, ['annotator', 'label', 'votes'], (cells) =>
    cells.flatMap(({ name, cell }, index) =>
      cell === '' || Number(cell) === 0 ? [] : [[group, classes?.[index] ?? name, cell]],
    ),
  );
}

/**
 * Rows of answers with the number `count` of items that were answered so: the row stands for that many items, named
 * `pattern-ROW-K` (ROW and K from 1), for the items themselves were not published. Throws INVALID_VALUE for a number
 * that is none.
 */
export function patternRatings(table: TableRows, choice: RatingColumns, count: string): TableRows {
  const names = table.header.map((name) => name.trim());
  const counted = names.indexOf(count);
  if (counted < 0) throw unknownColumn(`--count ${count}`, count, names);
  const leaveOut = [...choice.leaveOut, count];
  const columns = ratingColumns(table.header, { ...choice, leaveOut });
  const header = ['image', 'annotator', 'label'];
  const rows: string[][] = [];
  const numbers: number[] = [];
  for (const [index, row] of table.rows.entries()) {
    if (row.every((cell) => cell.trim() === '')) continue;
    const items = (row[counted] ?? '').trim();
    if (!/^[0-9]{1,7}$/.test(items) || rows.length + Number(items) * columns.length > MOST_ITEMS)
      throw new DomainError('INVALID_VALUE', `row ${index + 2}: "${items}" is no number of items.`);
    for (let item = 1; item <= Number(items); item++) {
      for (const column of columns) {
        const cell = (row[column] ?? '').trim();
        if (cell === '') continue;
        rows.push([`pattern-${index + 1}-${item}`, names[column]!, cell]);
        numbers.push(index + 2);
      }
    }
  }
  return { delimiter: table.delimiter, header, rows, numbers };
}

/** Columns of ratings, by index, in the order of the table. */
function ratingColumns(header: readonly string[], { columns, mapping, leaveOut }: RatingColumns): number[] {
  const names = header.map((name) => name.trim());
  const unknown = columns?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw unknownColumn(`--columns ${unknown}`, unknown, names);
  const taken = new Set([...mapping.values()].map((name) => name.trim()));
  const isFree = (name: string) =>
    name !== '' && !taken.has(name) && !leaveOut.includes(name) && !TABLE_FIELDS.includes(name);
  const found = names.flatMap((name, index) =>
    (columns === null ? isFree(name) : columns.includes(name)) ? [index] : [],
  );
  if (found.length === 0)
    throw new DomainError('BAD_INPUT', 'No column of the table holds ratings; name them with --columns.');
  return found;
}

/** Each row becomes as many as it has ratings; one without any stays, for its item was there to be rated. */
function spread(
  table: TableRows,
  columns: readonly number[],
  added: readonly string[],
  ratings: (cells: { name: string; cell: string }[]) => string[][],
): TableRows {
  const isRating = new Set(columns);
  const kept = (row: readonly string[]) => row.filter((_, index) => !isRating.has(index));
  const rows: string[][] = [];
  const numbers: number[] = [];
  for (const [index, row] of table.rows.entries()) {
    if (row.every((cell) => cell.trim() === '')) continue;
    const cells = columns.map((column) => ({
      name: table.header[column]!.trim(),
      cell: (row[column] ?? '').trim(),
    }));
    const found = ratings(cells);
    for (const rating of found.length === 0 ? [added.map(() => '')] : found) {
      rows.push([...kept(row), ...rating]);
      numbers.push(index + 2);
    }
  }
  return { delimiter: table.delimiter, header: [...kept(table.header), ...added], rows, numbers };
}
