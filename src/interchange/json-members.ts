import { isStorableText } from '../kernel/is-storable-text.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** An id as text: files mix `7` and `"7"`. Null for anything that identifies nothing. */
export function idText(value: unknown): string | null {
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : null;
}

/** A text that can be stored and is not empty; else null. */
export function textMember(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' && isStorableText(value) ? value.trim() : null;
}

/** The members of `rows` that are not in `known`, each once. */
export function otherMembers(rows: readonly unknown[], known: ReadonlySet<string>): string[] {
  const names = new Set<string>();
  for (const row of rows) {
    if (isJsonObject(row)) for (const name of Object.keys(row)) if (!known.has(name)) names.add(name);
  }
  return [...names];
}
