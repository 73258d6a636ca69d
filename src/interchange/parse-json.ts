import { DomainError } from '../kernel/errors.ts';
import { jsonFault } from './json-fault.ts';

/** The value of a JSON text. Throws MALFORMED_FILE with line and column for what is none. */
export function parseJson(text: string): unknown {
  const json = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(json);
  } catch (error) {
    const fault = jsonFault(json);
    if (!(error instanceof SyntaxError) || fault === null) throw error;
    const isNoNumber = /^"[+-]?(?:NaN|Infinity)/.test(fault.found);
    const hint = isNoNumber ? '; JSON has no such number, write null or leave it out' : '';
    throw new DomainError(
      'MALFORMED_FILE',
      `The file is no JSON: ${fault.found} at line ${fault.line}, column ${fault.column}${hint}.`,
    );
  }
}
