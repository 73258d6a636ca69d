import { DomainError } from '../kernel/errors.ts';

/** Reads `FIELD=COLUMN,FIELD=COLUMN` into field → column. Throws BAD_INPUT for any other form. */
export function columnMapping(text: string): Map<string, string> {
  const mapping = new Map<string, string>();
  for (const pair of text.split(',')) {
    if (pair.trim() === '') continue;
    const [, field, column] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
    if (field === undefined || column === undefined) {
      throw new DomainError('BAD_INPUT', `"${pair}" is no mapping; write FIELD=COLUMN, e.g. image=filename.`);
    }
    if (mapping.has(field.trim())) {
      throw new DomainError('BAD_INPUT', `The field "${field.trim()}" is mapped twice; map it once.`);
    }
    mapping.set(field.trim(), column.trim());
  }
  return mapping;
}
