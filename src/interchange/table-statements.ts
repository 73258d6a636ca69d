import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import { canonicalDecimal } from '../kernel/decimal.ts';
import { fieldFault, readingField } from './field-fault.ts';
import { readQuantity } from './read-quantity.ts';
import { readInstant } from './read-time.ts';
import type { TableColumn } from './table-columns.ts';

const NUMBER = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$/;

/**
 * The annotations of one row, none where it has no label and no value. A value without an `attribute` cell is named
 * after its column, where that is not called `value` itself. Throws INVALID_VALUE with the field.
 */
export function tableStatements(
  image: string,
  cells: ReadonlyMap<string, string>,
  columns: readonly TableColumn[],
  defaultAnnotator: string | null,
): AnnotationDraft[] {
  const cell = (field: string) => cells.get(field) || null;
  const [label, value, attribute] = [cell('label'), cell('value'), cell('attribute')];
  if (attribute !== null && value === null) {
    fieldFault('INVALID_VALUE', 'value', `The attribute "${attribute}" has no value.`);
  }
  const shared = {
    image,
    annotator: cell('annotator') ?? defaultAnnotator,
    geometry: null,
    confidence: quantity(cells, 'confidence', 1),
    annotatedAt: instant(cells),
    attributes: [],
    occurrence: 0,
  };
  const statements: Omit<AnnotationDraft, 'seconds'>[] = [];
  if (label !== null) statements.push({ ...shared, kind: 'CLASS', label, attribute: null, value: null });
  if (value !== null) {
    const header = columns.find(({ field }) => field === 'value')!.header;
    const isNumber = NUMBER.test(value);
    const named = attribute ?? (header === 'value' && isNumber ? null : header);
    const kind = attribute === null && isNumber ? 'VALUE' : 'ATTRIBUTE';
    const text = kind === 'VALUE' ? readingField('value', () => canonicalDecimal(value)) : value;
    statements.push({ ...shared, kind, label: null, attribute: named, value: text });
  }
  const seconds = quantity(cells, 'seconds');
  return statements.map((statement, index) => ({ ...statement, seconds: index === 0 ? seconds : null }));
}

function quantity(cells: ReadonlyMap<string, string>, field: string, maximum?: number): string | null {
  const text = cells.get(field) ?? '';
  return text === '' ? null : readingField(field, () => readQuantity(text, maximum));
}

function instant(cells: ReadonlyMap<string, string>): string | null {
  const text = cells.get('annotatedAt') ?? '';
  if (text === '') return null;
  return (
    readInstant(text) ??
    fieldFault(
      'INVALID_VALUE',
      'annotatedAt',
      `"${text}" is no time with its zone, e.g. 2026-05-04T09:30:00+02:00.`,
    )
  );
}
