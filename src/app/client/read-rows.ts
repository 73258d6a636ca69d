import { parse } from 'csv-parse/sync';
import { DomainError } from '../../kernel/errors.ts';
import { readText } from './read-text.ts';

/** The rows of a small comma-separated table with at least these columns. Throws MALFORMED_FILE, UNKNOWN_COLUMN. */
export async function readRows<C extends string>(
  path: string,
  columns: readonly C[],
): Promise<Record<C, string>[]> {
  const text = await readText(path);
  let rows: Record<string, string>[];
  try {
    rows = parse(text, { bom: true, columns: true, trim: true, skip_empty_lines: true });
  } catch (error) {
    throw new DomainError('MALFORMED_FILE', `${path} cannot be read: ${(error as Error).message}.`);
  }
  const missing = columns.filter((column) => rows.length > 0 && !(column in rows[0]!));
  if (missing.length > 0)
    throw new DomainError(
      'UNKNOWN_COLUMN',
      `${path} has no column ${missing.join(', ')}; it needs ${columns.join(', ')}.`,
    );
  return rows as Record<C, string>[];
}
