import { isStorableText } from '../kernel/is-storable-text.ts';
import { cellFault } from './cell-fault.ts';
import { fieldFault, refusingFaults } from './field-fault.ts';
import type { ImportPlan, Refusal } from './import-plan.ts';
import { inferFactorKind } from './infer-factor-kind.ts';
import {
  ACQUISITION_FIELDS,
  ANNOTATION_FIELDS,
  REGISTRATION_FIELDS,
  type TableColumn,
} from './table-columns.ts';
import { readRegistration } from './table-registration.ts';
import { type StatementReading, tableStatements } from './table-statements.ts';

/** What the rows so far say of one image: for each image field its value, and the row that said it first. */
interface TableImage {
  readonly row: number;
  readonly values: string[];
  readonly saidIn: number[];
}

/** How rows become cells: those of the header, then those made of them. */
export interface RowReading extends StatementReading {
  readonly columns: readonly TableColumn[];
  readonly header: readonly string[];
  readonly made: readonly ((row: readonly string[]) => string)[];
  /** The row of the source that each row was made of; its own unless said. */
  readonly numbers?: readonly number[];
}

interface Reading extends RowReading {
  readonly plan: ImportPlan;
  /** Fields on which all rows of an image agree. */
  readonly imageFields: readonly string[];
  readonly widthWithoutUnnamed: number;
  readonly images: Map<string, TableImage>;
  /** The content of each row taken, and its number. */
  readonly seen: Map<string, number>;
}

const OF_THE_IMAGE = new Set([...REGISTRATION_FIELDS, ...ACQUISITION_FIELDS]);

/** Adds the rows of a table to the plan. All rows of one image must agree on what they say of the image itself. */
export function planTable(plan: ImportPlan, rows: readonly (readonly string[])[], how: RowReading): void {
  const { header } = how;
  const reading: Reading = {
    ...how,
    plan,
    imageFields: how.columns
      .filter(({ field, isFactor }) => isFactor || OF_THE_IMAGE.has(field))
      .map(({ field }) => field),
    widthWithoutUnnamed: header.findLastIndex((name) => name.trim() !== '') + 1,
    images: new Map(),
    seen: new Map(),
  };
  for (const [index, row] of rows.entries()) {
    if (row.every((cell) => cell.trim() === '') && row.length <= 1) continue;
    const number = how.numbers?.[index] ?? index + 2;
    const image = imageOf(reading, row);
    refusingFaults(plan, `row ${number}`, () => planRow(reading, row, number), image === '' ? null : image);
  }
  planImages(reading);
  noteUnnamed(plan, rows, header);
}

function imageOf({ columns, header, made }: Reading, row: readonly string[]): string {
  const { index } = columns.find(({ field }) => field === 'image')!;
  return (index < header.length ? (row[index] ?? '') : made[index - header.length]!(row)).trim();
}

function planRow(reading: Reading, row: readonly string[], number: number): void {
  const { plan, columns, header, imageFields, widthWithoutUnnamed, images, seen } = reading;
  if (row.length !== header.length && row.length !== widthWithoutUnnamed) {
    fieldFault(
      'MALFORMED_FILE',
      null,
      `The row has ${row.length} cells, the header ${header.length}; is a quote missing?`,
    );
  }
  const made = reading.made.map((make) => make(row));
  const cellAt = (index: number) => (index < header.length ? row[index] : made[index - header.length]) ?? '';
  const cells = new Map(columns.map(({ index, field }) => [field, cellAt(index).trim()]));
  for (const [field, value] of cells) {
    if (!isStorableText(value))
      fieldFault('INVALID_VALUE', field, `The cell holds characters that are no text.`);
  }
  const image = cells.get('image') ?? '';
  if (image === '') fieldFault('INVALID_VALUE', 'image', 'The row names no image.');
  const leftOut = leaveOutFaulty(cells, columns, number);
  const content = contentOf(cells);
  const twin = seen.get(content);
  if (twin !== undefined)
    fieldFault('DUPLICATE_ROW', null, `The row says of "${image}" the same as row ${twin}.`);
  const known = images.get(image) ?? { row: number, values: imageFields.map(() => ''), saidIn: [] };
  refuseDisagreement(known, imageFields, cells, image);
  readRegistration(cells);
  const statements = tableStatements(image, cells, columns, reading);

  seen.set(content, number);
  images.set(image, known);
  for (const [index, field] of imageFields.entries()) {
    if (known.values[index] !== '') continue;
    known.values[index] = cells.get(field)!;
    known.saidIn[index] = number;
  }
  plan.annotations.push(...statements);
  plan.refused.push(...leftOut);
}

/** Values that are none of their field's are refused alone: an image is not lost for a date that cannot be read. */
function leaveOutFaulty(
  cells: Map<string, string>,
  columns: readonly TableColumn[],
  number: number,
): Refusal[] {
  return columns.flatMap(({ field, header }) => {
    const value = cells.get(field)!;
    const fault = cellFault(field, value);
    if (fault === null) return [];
    cells.set(field, '');
    const message = `${header}: "${value}" ${fault}; the value is left out, the rest of the row is taken.`;
    return [{ where: `row ${number}`, field, code: 'INVALID_VALUE', message }];
  });
}

/** What makes two rows one: the same annotation, or for rows without one the same cells. */
function contentOf(cells: ReadonlyMap<string, string>): string {
  const isStatement = (cells.get('label') ?? '') !== '' || (cells.get('value') ?? '') !== '';
  const fields = isStatement ? ['image', ...ANNOTATION_FIELDS] : [...cells.keys()];
  return JSON.stringify(fields.map((field) => cells.get(field) ?? ''));
}

function refuseDisagreement(
  known: TableImage,
  imageFields: readonly string[],
  cells: ReadonlyMap<string, string>,
  image: string,
): void {
  for (const [index, field] of imageFields.entries()) {
    const [value, earlier] = [cells.get(field), known.values[index]];
    if (value !== '' && earlier !== '' && value !== earlier) {
      const message = `"${image}" has ${field} "${value}" here, but "${earlier}" in row ${known.saidIn[index]}.`;
      fieldFault('INVALID_VALUE', field, message);
    }
  }
}

function planImages({ plan, columns, imageFields, images }: Reading): void {
  const factors = new Set(columns.filter(({ isFactor }) => isFactor).map(({ field }) => field));
  for (const [name, { row, values }] of images) {
    const stated = imageFields.flatMap((field, index) => {
      const value = values[index]!;
      return value === '' ? [] : [{ name: field, value }];
    });
    const cells = new Map(stated.map((cell) => [cell.name, cell.value]));
    plan.images.push({ name, ...readRegistration(cells) });
    const acquired = stated.filter(
      (cell) => factors.has(cell.name) || ACQUISITION_FIELDS.includes(cell.name),
    );
    if (acquired.length > 0) plan.acquisition.push({ image: name, row, columns: acquired });
    const part = cells.get('part');
    if (part !== undefined) plan.parts.push({ image: name, part });
  }
  for (const [index, field] of imageFields.entries()) {
    if (!factors.has(field)) continue;
    const values = [...images.values()].map((image) => image.values[index]!);
    plan.factors.push({ name: field, kind: inferFactorKind(values) });
  }
  const labels = plan.annotations.filter(({ kind }) => kind === 'CLASS').map(({ label }) => label!);
  plan.classes = [...new Set(labels)];
}

function noteUnnamed(
  plan: ImportPlan,
  rows: readonly (readonly string[])[],
  header: readonly string[],
): void {
  for (const [index, name] of header.entries()) {
    if (name.trim() !== '') continue;
    const stated = rows.filter((row) => (row[index] ?? '').trim() !== '').length;
    const message = `Not taken over: the column has no name, and ${stated} rows have a value in it.`;
    if (stated > 0) plan.notes.push({ where: `column ${index + 1}`, message });
  }
}
