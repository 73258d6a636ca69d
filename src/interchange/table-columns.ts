import { COLUMN_NAMES, RESTRICTED_NAMES } from '../acquisition/acquisition-values.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Note } from './import-plan.ts';
import { nearestName } from './nearest-name.ts';

export const ANNOTATION_FIELDS =
  'annotator label value attribute confidence seconds annotatedAt pass votes'.split(' ');
export const REGISTRATION_FIELDS = 'part address sha256 size width height mediaType'.split(' ');
export const ACQUISITION_FIELDS: readonly string[] = [...COLUMN_NAMES, ...RESTRICTED_NAMES];
export const TABLE_FIELDS = ['image', ...ANNOTATION_FIELDS, ...REGISTRATION_FIELDS, ...ACQUISITION_FIELDS];

/** What a column means: a field of the table, or a declared factor of the image. */
export interface TableColumn {
  /** 0-based, in the header. */
  readonly index: number;
  readonly field: string;
  /** As the header writes it. */
  readonly header: string;
  readonly isFactor: boolean;
}

/**
 * What each named column means under `mapping` (field → column). A column named as a field is that field, one that
 * the mapping names is the field it is mapped to, and every other one is a declared factor. Unnamed columns mean
 * nothing. Throws UNKNOWN_COLUMN with the nearest name, and MALFORMED_FILE for two columns of one name.
 */
export function tableColumns(
  header: readonly string[],
  mapping: ReadonlyMap<string, string>,
): { columns: TableColumn[]; notes: Note[] } {
  const names = header.map((name) => name.trim());
  const repeated = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new DomainError('MALFORMED_FILE', `Two columns are named "${repeated}"; rename one of them.`);
  }
  const columns: TableColumn[] = [];
  const notes: Note[] = [];
  for (const [field, column] of mapping) {
    const index = names.indexOf(column.trim());
    if (index < 0) throw unknownColumn(`${field}=${column}`, column, names);
    columns.push({ index, field, header: names[index]!, isFactor: !TABLE_FIELDS.includes(field) });
  }
  const mapped = new Set(columns.map(({ index }) => index));
  for (const [index, name] of names.entries()) {
    if (name === '' || mapped.has(index)) continue;
    if (mapping.has(name)) {
      notes.push({ where: `column ${name}`, message: `Set aside: "${mapping.get(name)}" is mapped to it.` });
    } else {
      columns.push({ index, field: name, header: name, isFactor: !TABLE_FIELDS.includes(name) });
    }
  }
  if (!columns.some(({ field }) => field === 'image')) throw unknownColumn('image', 'image', names);
  return { columns: columns.sort((left, right) => left.index - right.index), notes };
}

/** The refusal of a column that the table has not, with the nearest name. */
export function unknownColumn(asked: string, column: string, names: readonly string[]): DomainError {
  const named = names.filter((name) => name !== '');
  const nearest = nearestName(column, named);
  const hint = nearest === null ? `its columns are ${named.slice(0, 20).join(', ')}` : `is it "${nearest}"?`;
  const remedy = asked === 'image' ? ' Say which column names the images: --map image=COLUMN.' : '';
  return new DomainError('UNKNOWN_COLUMN', `${asked}: the table has no column "${column}"; ${hint}${remedy}`);
}
