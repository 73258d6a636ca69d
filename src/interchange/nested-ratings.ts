import { isStorableText } from '../kernel/is-storable-text.ts';
import type { Refusal } from './import-plan.ts';
import type { TableRows } from './table-reading.ts';

export interface NestedRatings extends TableRows {
  readonly refused: Refusal[];
}

/** A mapping as a parser gives it, whose keys keep their order. */
export type Mapping = ReadonlyMap<unknown, unknown>;

/**
 * The rows of nested mappings: `outer` says what their first level names. Where the values are no mappings, the first
 * level names images, and the annotator is whoever the import says. Null states nothing; a list or a mapping in place of
 * a value is refused.
 */
export function nestedRatings(mapping: Mapping, outer: 'annotator' | 'image'): NestedRatings {
  const refused: Refusal[] = [];
  const isNested = [...mapping.values()].some((value) => value instanceof Map);
  const rows: string[][] = [];
  const add = (image: string, annotator: string, value: unknown, where: string) => {
    const text = scalarText(value);
    if (text === null)
      refused.push({
        where,
        field: 'label',
        code: 'INVALID_VALUE',
        message:
          'A rating is one text, number or truth value; here is a list, a mapping or a text that is none.',
        image,
      });
    else rows.push([image, annotator, text]);
  };
  for (const [key, value] of mapping) {
    if (!isNested) add(String(key), '', value, String(key));
    else if (!(value instanceof Map)) {
      const message = 'Other entries hold mappings, this one does not; nothing of it is taken.';
      refused.push({ where: String(key), field: null, code: 'MALFORMED_FILE', message });
    } else {
      for (const [inner, rating] of value) {
        const [annotator, image] = outer === 'annotator' ? [key, inner] : [inner, key];
        add(String(image), String(annotator), rating, `${key}/${inner}`);
      }
    }
  }
  return { delimiter: ',', header: ['image', 'annotator', 'label'], rows, refused };
}

function scalarText(value: unknown): string | null {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return isStorableText(value) ? value.trim() : null;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}
