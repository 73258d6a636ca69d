import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import { canonicalDecimal } from '../kernel/decimal.ts';
import { fieldFault, readingField } from './field-fault.ts';
import { readQuantity } from './read-quantity.ts';
import { readInstant } from './read-time.ts';
import type { TableColumn } from './table-columns.ts';

const NUMBER = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$/;

/** What holds of every row where its cells do not say otherwise. */
export interface StatementReading {
  readonly annotator: string | null;
  /** Divides several labels in one cell; null: a cell is one label. */
  readonly labelSeparator: string | null;
}

/**
 * The annotations of one row, none where it has no label and no value; one for each label of its cell. A value without an `attribute` cell is named
 * after its column, where that is not called `value` itself. Throws INVALID_VALUE with the field.
 */
export function tableStatements(
  image: string,
  cells: ReadonlyMap<string, string>,
  columns: readonly TableColumn[],
  reading: StatementReading,
): AnnotationDraft[] {
  const cell = (field: string) => cells.get(field) || null;
  const [label, value, attribute] = [cell('label'), cell('value'), cell('attribute')];
  if (attribute !== null && value === null) {
    fieldFault('INVALID_VALUE', 'value', `The attribute "${attribute}" has no value.`);
  }
  const shared = {
    image,
    annotator: cell('annotator') ?? reading.annotator,
    geometry: null,
    confidence: quantity(cells, 'confidence', 1),
    annotatedAt: instant(cells),
    attributes: [],
    occurrence: 0,
    ...count(cells, 'pass'),
    ...count(cells, 'votes'),
  };
  const statements: Omit<AnnotationDraft, 'seconds'>[] = [];
  for (const name of labelsOf(label, reading.labelSeparator))
    statements.push({ ...shared, kind: 'CLASS', label: name, attribute: null, value: null });
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

function labelsOf(cell: string | null, separator: string | null): string[] {
  if (cell === null) return [];
  if (separator === null) return [cell];
  const labels = cell.split(separator).map((label) => label.trim());
  return [...new Set(labels)].filter((label) => label !== '');
}

function quantity(cells: ReadonlyMap<string, string>, field: string, maximum?: number): string | null {
  const text = cells.get(field) ?? '';
  return text === '' ? null : readingField(field, () => readQuantity(text, maximum));
}

/** A whole number from 1; left out where it is 1, which is understood. */
function count(cells: ReadonlyMap<string, string>, field: 'pass' | 'votes'): Partial<AnnotationDraft> {
  const text = cells.get(field) ?? '';
  if (text === '') return {};
  const number = Number(text);
  if (!/^[0-9]{1,9}(?:\.0*)?$/.test(text) || number < 1)
    fieldFault('INVALID_VALUE', field, `"${text}" is no whole number from 1.`);
  return number === 1 ? {} : { [field]: number };
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
