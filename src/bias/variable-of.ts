import { DomainError } from '../kernel/errors.ts';
import type { NamedVariable } from './subjects.ts';
import type { TextColumn } from './text-column.ts';

/** A text column of at most 32 767 names as a variable. */
export function variableOf(column: TextColumn): NamedVariable {
  const { codes, names } = column.finish();
  if (names.length > 32_767)
    throw new DomainError(
      'INTERNAL',
      `A column of ${names.length} names is no variable; 32767 are the most.`,
    );
  return { codes: Int16Array.from(codes), levels: names.length, names };
}
