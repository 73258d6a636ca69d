import { DomainError } from '../kernel/errors.ts';

/** Reads `FIELD=TEMPLATE` and adds it to the fields set before. Throws BAD_INPUT for any other form, and for a field set twice. */
export function setField(text: string, before: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  const [, field, template] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (field === undefined || template === undefined)
    throw new DomainError('BAD_INPUT', `"${text}" sets nothing; write FIELD=TEMPLATE, e.g. part=train.`);
  if (before.has(field.trim()))
    throw new DomainError('BAD_INPUT', `The field "${field.trim()}" is set twice; set it once.`);
  return new Map([...before, [field.trim(), template]]);
}
