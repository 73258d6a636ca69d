import { escapeXml } from '../kernel/escape-xml.ts';
import { fieldFault } from './field-fault.ts';
import { isJsonObject, type JsonObject } from './json-members.ts';
import { EXTRA } from './statement-json.ts';

/** What our writer says under its key; null where it says nothing. Throws INVALID_VALUE for what is no object of JSON. */
export function readCvatExtra(text: string | null): JsonObject | null {
  if (text === null || text === '') return null;
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return isJsonObject(value)
    ? value
    : fieldFault('INVALID_VALUE', EXTRA, 'It is no object of JSON; delete it.');
}

/** JSON as text for XML, without characters that XML does not have. */
export function writeCvatExtra(value: JsonObject): string {
  const json = JSON.stringify(value).replace(
    /[\uFFFE\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
  return escapeXml(json);
}
