import { parse as parseYaml, YAMLParseError } from 'yaml';
import { DomainError } from '../kernel/errors.ts';
import type { ImportPlan } from './import-plan.ts';
import { jsonFault } from './json-fault.ts';
import { type Mapping, nestedRatings } from './nested-ratings.ts';
import { npyRows } from './npy.ts';
import type { RatingLayout } from './rating-layout-names.ts';
import { countedRatings, patternRatings, wideRatings } from './rating-layouts.ts';
import { readTableRows, type TableOptions, tableRows } from './table.codec.ts';
import type { TableRows } from './table-reading.ts';

export interface RatingsOptions extends TableOptions {
  readonly path: string;
  /** Null: nested for YAML and JSON, counts for NumPy, else long. */
  readonly layout: RatingLayout | null;
  /** wide, counts, patterns: the columns that hold ratings; null: all that are nothing else. */
  readonly columns: readonly string[] | null;
  /** wide: the columns are slots of nobody in particular. */
  readonly unnamed: boolean;
  /** wide: the cells are numbers of this quantity, no classes. */
  readonly quantity: string | null;
  /** counts: the class of each column, in order. */
  readonly classes: readonly string[] | null;
  /** patterns: the column of how many items were answered so. */
  readonly count: string;
  /** nested: what the first level names. */
  readonly outer: 'annotator' | 'image';
}

/** Whoever is only counted, where nobody says what to call them. */
const UNNAMED_GROUP = 'group';

/**
 * Reads ratings of whole images by several raters, each kept: a table (CSV, TSV; NumPy array, whose first column
 * is the `row` from 0), or a mapping (YAML, JSON). Every layout is brought into the long one, one row a rating, and
 * that is read as any table (table.codec.ts); rows are told by the row of the source. Raters who are only counted are
 * one GROUP, its ratings carry `votes`. Throws BAD_INPUT, UNKNOWN_COLUMN, MALFORMED_FILE.
 */
export function readRatings(bytes: Uint8Array, options: RatingsOptions): ImportPlan {
  const kind = /\.(npy|ya?ml|json)$/i.exec(options.path)?.[1]?.toLowerCase() ?? 'table';
  const isMapping = kind !== 'npy' && kind !== 'table';
  const layout = options.layout ?? (isMapping ? 'nested' : kind === 'npy' ? 'counts' : 'long');
  if (isMapping !== (layout === 'nested'))
    throw new DomainError(
      'BAD_INPUT',
      `${options.path}: the layout nested is of YAML and JSON, every other one of tables, not ${layout} of ${kind}.`,
    );
  if (isMapping) return readNested(textOf(bytes, options.path), kind === 'json', options);
  const source =
    kind === 'npy' ? arrayTable(npyRows(bytes)) : tableRows(textOf(bytes, options.path), options.path);
  const whole = kind === 'npy' ? withRowNamed(options) : options;
  const { table, group, quantity } = longTable(source, layout, whole);
  const mapping = new Map(layout === 'patterns' ? [] : whole.mapping);
  if (quantity !== null) mapping.set('value', quantity);
  const leaveOut = layout === 'patterns' ? [] : whole.leaveOut;
  const plan = readTableRows(table, { ...whole, mapping, leaveOut }, kind === 'npy' ? 'NumPy' : undefined);
  if (group !== null) plan.annotators = [{ name: group, kind: 'GROUP', expertise: null }];
  if (layout === 'patterns') {
    const message = `${plan.images.length} items are made of ${source.rows.length} rows of equal answers; their own names are not known.`;
    plan.notes.push({ where: 'patterns', message });
  }
  return plan;
}

function longTable(
  source: TableRows,
  layout: RatingLayout,
  options: RatingsOptions,
): { table: TableRows; group: string | null; quantity: string | null } {
  const { columns, classes, mapping = new Map(), leaveOut = [] } = options;
  const choice = { columns, mapping, leaveOut };
  const group = options.annotator ?? UNNAMED_GROUP;
  switch (layout) {
    case 'wide': {
      const [field, named] = [options.quantity ?? 'label', options.unnamed ? group : null];
      const table = wideRatings(source, choice, { field, group: named });
      return { table, group: named, quantity: options.quantity };
    }
    case 'counts':
      return { table: countedRatings(source, choice, { group, classes }), group, quantity: null };
    case 'patterns':
      return { table: patternRatings(source, choice, options.count), group: null, quantity: null };
    default:
      return { table: source, group: null, quantity: null };
  }
}

function arrayTable(rows: readonly (readonly string[])[]): TableRows {
  const columns = rows[0]?.map((_, index) => String(index)) ?? [];
  return { delimiter: ',', header: ['row', ...columns], rows: rows.map((row, at) => [String(at), ...row]) };
}

/** The number of a row names its image unless something else is made of it. */
function withRowNamed(options: RatingsOptions): RatingsOptions {
  const { mapping = new Map(), set = new Map(), leaveOut = [] } = options;
  const isMapped = [...mapping.values()].includes('row');
  if (!isMapped && !set.has('image') && !mapping.has('image'))
    return { ...options, mapping: new Map([...mapping, ['image', 'row']]) };
  return isMapped || leaveOut.includes('row') ? options : { ...options, leaveOut: [...leaveOut, 'row'] };
}

function readNested(text: string, isJson: boolean, options: RatingsOptions): ImportPlan {
  const { refused, ...table } = nestedRatings(mappingOf(text, isJson), options.outer);
  const plan = readTableRows(table, { ...options, mapping: new Map() }, isJson ? 'JSON' : 'YAML');
  plan.refused.unshift(...refused);
  return plan;
}

function mappingOf(text: string, isJson: boolean): Mapping {
  const value = isJson ? parseJson(text) : parseMapping(text);
  if (value instanceof Map) return value;
  throw new DomainError(
    'MALFORMED_FILE',
    'The file holds no mapping such as annotator → image → rating, or image → rating.',
  );
}

function parseMapping(text: string): unknown {
  try {
    return parseYaml(text, { mapAsMap: true, intAsBigInt: true });
  } catch (error) {
    if (!(error instanceof YAMLParseError) && !(error instanceof ReferenceError)) throw error;
    throw new DomainError('MALFORMED_FILE', `The file is no YAML: ${error.message.split('\n')[0]}`);
  }
}

function parseJson(text: string): unknown {
  const json = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(json, (_, value) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? new Map(Object.entries(value))
        : value,
    );
  } catch (error) {
    const fault = jsonFault(json);
    if (!(error instanceof SyntaxError) || fault === null) throw error;
    throw new DomainError(
      'MALFORMED_FILE',
      `The file is no JSON: ${fault.found} at line ${fault.line}, column ${fault.column}.`,
    );
  }
}

function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError('MALFORMED_FILE', `${path} is not text in UTF-8; save it as UTF-8.`);
  }
}
