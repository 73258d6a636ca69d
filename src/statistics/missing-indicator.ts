import type { CodedVariable } from './coded-variable.ts';

/** Whether a column is missing, as a variable of its own: 0 where it is known, 1 where it is missing (−1, NaN). */
export function missingIndicator(column: CodedVariable | Float64Array): CodedVariable {
  const codes =
    column instanceof Float64Array
      ? Int16Array.from(column, (value) => (Number.isNaN(value) ? 1 : 0))
      : column.codes.map((code) => (code < 0 ? 1 : 0));
  return { codes, levels: 2 };
}
