import { DomainError } from '../kernel/errors.ts';
import { unknownColumn } from './table-columns.ts';

/**
 * Reads a template such as `test/{TestID}.png` into what it makes of a row. `{COLUMN}` stands for the cell of a column,
 * `{COLUMN~EXPRESSION}` for what a regular expression finds in it: its first group, or all it matched where it has none.
 * Everything else stands for itself. A row in which one of them is empty or not found gives the empty text, which says
 * nothing. Throws BAD_INPUT for a template that is broken, UNKNOWN_COLUMN for a column that is not there.
 */
export function columnTemplate(
  template: string,
  header: readonly string[],
): (row: readonly string[]) => string {
  const names = header.map((name) => name.trim());
  const pieces = divide(template).map((piece, index) =>
    index % 2 === 0 ? () => piece : placeholder(template, piece, names),
  );
  return (row) => {
    const texts = pieces.map((piece) => piece(row));
    return texts.some((text, index) => index % 2 === 1 && text === '') ? '' : texts.join('');
  };
}

/** Text and placeholders in turn; braces within an expression come in pairs. */
function divide(template: string): string[] {
  const pieces = [''];
  let depth = 0;
  for (const letter of template) {
    const isEdge = (letter === '{' && depth === 0) || (letter === '}' && depth === 1);
    depth += letter === '{' ? 1 : letter === '}' ? -1 : 0;
    if (depth < 0) break;
    if (isEdge) pieces.push('');
    else pieces[pieces.length - 1] += letter;
  }
  if (depth !== 0)
    throw new DomainError('BAD_INPUT', `"${template}" is no template: a brace is not closed or not opened.`);
  return pieces;
}

function placeholder(
  template: string,
  text: string,
  names: readonly string[],
): (row: readonly string[]) => string {
  const [column, expression] = names.includes(text.trim())
    ? [text]
    : (/^([^~]*)~(.*)$/s.exec(text)?.slice(1) ?? [text]);
  const index = names.indexOf(column!.trim());
  if (index < 0 || column!.trim() === '') throw unknownColumn(template, column!.trim(), names);
  const cell = (row: readonly string[]) => (row[index] ?? '').trim();
  if (expression === undefined) return cell;
  const pattern = expressionOf(template, expression);
  return (row) => {
    const found = pattern.exec(cell(row));
    return found?.[1] ?? found?.[0] ?? '';
  };
}

function expressionOf(template: string, expression: string): RegExp {
  try {
    return new RegExp(expression, 'u');
  } catch (error) {
    throw new DomainError('BAD_INPUT', `"${template}" is no template: ${(error as Error).message}.`);
  }
}
