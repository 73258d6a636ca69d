import { canonicalDecimal, type Decimal } from '../kernel/decimal.ts';
import { isDomainError, type Reason } from '../kernel/errors.ts';
import { unitBucket } from '../statistics/unit-bucket.ts';
import { COLUMN_NAMES, type ColumnName, RESTRICTED_NAMES } from './acquisition-values.ts';

export const FACTOR_KINDS = ['NOMINAL', 'ORDINAL', 'CONTINUOUS', 'TIME'] as const;
export type FactorKind = (typeof FACTOR_KINDS)[number];

export interface DeclaredFactor {
  readonly datasetId: string;
  readonly name: string;
  readonly kind: FactorKind;
  readonly unit: string | null;
}

/** How one image was captured. Each value's source stands in `sources` under the same name. */
export interface AcquisitionRecord {
  readonly columns: Readonly<Partial<Record<ColumnName, string>>>;
  readonly restricted: Readonly<Record<string, string>>;
  readonly declared: Readonly<Record<string, string>>;
  readonly sources: Readonly<Record<string, string>>;
}

export const EMPTY_RECORD: AcquisitionRecord = { columns: {}, restricted: {}, declared: {}, sources: {} };

export interface FieldValue {
  readonly name: string;
  readonly value: string;
}

const isColumn = (name: string): name is ColumnName => (COLUMN_NAMES as readonly string[]).includes(name);
const isRestricted = (name: string) => (RESTRICTED_NAMES as readonly string[]).includes(name);

/** Columns whose values are numbers; kept as canonical decimals. */
export const DECIMAL_COLUMNS: readonly string[] = [
  'distance',
  'angle',
  'magnification',
  'pixelSize',
  'latitude',
  'longitude',
  'altitude',
];

/** What is wrong with a row of values: unknown names, and values not of their factor's kind. */
export function fieldFaults(
  values: readonly FieldValue[],
  factors: ReadonlyMap<string, DeclaredFactor>,
): Reason[] {
  return values.flatMap(({ name, value }): Reason[] => {
    const factor = factors.get(name);
    if (!isColumn(name) && !isRestricted(name) && !factor) {
      return [
        {
          path: [name],
          code: 'UNKNOWN_COLUMN',
          message: `"${name}" is no acquisition column and no declared factor; declare it first.`,
        },
      ];
    }
    if ((factor?.kind === 'CONTINUOUS' || DECIMAL_COLUMNS.includes(name)) && !isDecimal(value)) {
      return [{ path: [name], code: 'INVALID_VALUE', message: `${name}: "${value}" is not a number.` }];
    }
    return [];
  });
}

/** Lays new values over a record; each remembers its source. An empty value says nothing and changes nothing. */
export function mergeAcquisition(
  record: AcquisitionRecord,
  values: readonly FieldValue[],
  source: string,
  factors: ReadonlyMap<string, DeclaredFactor>,
): AcquisitionRecord {
  const columns: Record<string, string> = { ...record.columns };
  const restricted = { ...record.restricted };
  const declared = { ...record.declared };
  const sources = { ...record.sources };
  for (const { name, value: given } of values) {
    if (given === '') continue;
    const isNumber = factors.get(name)?.kind === 'CONTINUOUS' || DECIMAL_COLUMNS.includes(name);
    const value: Decimal | string = isNumber ? canonicalDecimal(given) : given;
    const target = isColumn(name) ? columns : isRestricted(name) ? restricted : declared;
    if (target[name] === value) continue;
    target[name] = value;
    sources[name] = source;
  }
  return { columns, restricted, declared, sources };
}

export function sameRecord(one: AcquisitionRecord, other: AcquisitionRecord): boolean {
  return (['columns', 'restricted', 'declared'] as const).every((group) => {
    const left: Readonly<Record<string, string | undefined>> = one[group];
    const right: Readonly<Record<string, string | undefined>> = other[group];
    return Object.keys({ ...left, ...right }).every((name) => left[name] === right[name]);
  });
}

export interface Unit {
  readonly unit: string;
  readonly known: boolean;
  readonly bucket: number;
}

/** The unit an image belongs to (amendment 4): by the dataset's unit field; the image itself where that is unknown. */
export function unitOf(record: AcquisitionRecord, unitField: string, imageId: string): Unit {
  const value = isColumn(unitField) ? record.columns[unitField] : record.declared[unitField];
  const unit = value ?? imageId;
  return { unit, known: value !== undefined, bucket: unitBucket(unit) };
}

function isDecimal(value: string): boolean {
  if (value === '') return true;
  try {
    canonicalDecimal(value);
    return true;
  } catch (error) {
    if (isDomainError(error)) return false;
    throw error;
  }
}
