import { DomainError } from '../../kernel/errors.ts';
import type { NamedVariable } from './subjects.ts';
import type { TextPages } from './text-pages.ts';

/** A text column of at most 32 767 names as a variable, in the order of these places. */
export function variableOf(column: TextPages, places: Int32Array): NamedVariable {
  const { codes, names } = column.finish(places);
  if (names.length > 32_767)
    throw new DomainError(
      'INTERNAL',
      `A column of ${names.length} names is no variable; 32767 are the most.`,
    );
  return { codes: Int16Array.from(codes), levels: names.length, names };
}
