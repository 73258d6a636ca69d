import { DomainError } from './errors.ts';

const LONE_SURROGATE = /\p{Surrogate}/u;
const NOT_PRINTABLE_ASCII = /[^\x20-\x7e]/;
/** Printable ASCII without quote and backslash: stands in JSON as it is. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/**
 * The one JSON text of a value: RFC 8785 restricted to printable ASCII keys, safe integers, well-formed
 * strings, booleans, null, arrays and plain objects. With these limits UTF-16, code-point and byte order
 * of keys agree, and no number formatting differs between languages.
 *
 * Members whose value is `undefined` are dropped. Anything else throws INVALID_VALUE naming its path.
 */
export function canonicalJson(value: unknown): string {
  return write(value, []);
}

function write(value: unknown, path: (string | number)[]): string {
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === 'string') return writeString(value, path);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value))
      refuse(path, `the number ${value} is not a safe integer; write a string`);
    return value === 0 ? '0' : String(value);
  }
  if (Array.isArray(value)) return writeArray(value, path);
  if (typeof value === 'object') return writeObject(value, path);
  return refuse(path, `a value of type ${typeof value} has no JSON form`);
}

function writeString(value: string, path: readonly (string | number)[]): string {
  if (PLAIN.test(value)) return `"${value}"`;
  if (LONE_SURROGATE.test(value)) refuse(path, 'the string holds a lone surrogate and has no UTF-8 form');
  return JSON.stringify(value);
}

function writeArray(value: readonly unknown[], path: (string | number)[]): string {
  let text = '';
  for (let index = 0; index < value.length; index++) {
    path.push(index);
    text += (index === 0 ? '' : ',') + write(value[index], path);
    path.pop();
  }
  return `[${text}]`;
}

function writeObject(value: object, path: (string | number)[]): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    refuse(path, 'only plain objects have a JSON form');
  const members = value as Record<string, unknown>;
  let text = '';
  for (const key of sortedKeys(members)) {
    const member = members[key];
    if (member === undefined) continue;
    path.push(key);
    text += `${text === '' ? '' : ','}${writeKey(key, path)}:${write(member, path)}`;
    path.pop();
  }
  return `{${text}}`;
}

/** Most objects are written down in order; finding that out costs a tenth of sorting them. */
function sortedKeys(members: Record<string, unknown>): string[] {
  const keys = Object.keys(members);
  for (let index = 1; index < keys.length; index++) {
    if (keys[index]! < keys[index - 1]!) return keys.sort();
  }
  return keys;
}

function writeKey(key: string, path: readonly (string | number)[]): string {
  if (PLAIN.test(key)) return `"${key}"`;
  if (NOT_PRINTABLE_ASCII.test(key))
    refuse(path, 'a member name holds characters that are not printable ASCII');
  return JSON.stringify(key);
}

function refuse(path: readonly (string | number)[], rule: string): never {
  const at = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  throw new DomainError('INVALID_VALUE', `$${at}: ${rule}.`);
}
