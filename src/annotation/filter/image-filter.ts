import {
  type AcquisitionRecord,
  DECIMAL_COLUMNS,
  type DeclaredFactor,
} from '../../acquisition/acquisition-record.ts';
import { COLUMN_NAMES, RESTRICTED_NAMES } from '../../acquisition/acquisition-values.ts';
import { canonicalDecimal } from '../../kernel/decimal.ts';
import { isDomainError, type Reason } from '../../kernel/errors.ts';
import { QUALITY_MEASURES, type QualityMeasure } from '../../kernel/image-facts.ts';

/** Which images are asked for: every condition that is given holds. */
export interface ImageFilter {
  readonly kept?: boolean | null;
  readonly nameContains?: string | null;
  readonly imageIds?: readonly string[] | null;
  readonly factors?: readonly FactorCondition[] | null;
  readonly classes?: readonly string[] | null;
  readonly disagreement?: boolean | null;
  readonly quality?: readonly QualityCondition[] | null;
}

/** Either the value, or whether there is none. */
export interface FactorCondition {
  readonly name: string;
  readonly value?: string | null;
  readonly missing?: boolean | null;
}

/** Both bounds belong to it. */
export interface QualityCondition {
  readonly measure: string;
  readonly min?: number | null;
  readonly max?: number | null;
}

/** Read off `capturedAt` as recorded: `2026-03`. */
export const CAPTURE_MONTH = 'captureMonth';

/** Where a field of the acquisition record is kept. */
export type FieldPlace = 'RECORD' | 'RESTRICTED' | 'MONTH';

const MOST = { imageIds: 500, factors: 20, classes: 100, quality: 20 } as const;

/** What the dataset knows, for a filter to be held against. */
export interface FilterVocabulary {
  readonly classes: ReadonlySet<string>;
  readonly factors: ReadonlyMap<string, DeclaredFactor>;
}

/** Where a field is kept; null where the dataset knows none of this name. A declared factor hides what is derived. */
export function placeOfField(name: string, factors: ReadonlyMap<string, DeclaredFactor>): FieldPlace | null {
  if (name === 'unit' || includes(COLUMN_NAMES, name) || factors.has(name)) return 'RECORD';
  if (includes(RESTRICTED_NAMES, name)) return 'RESTRICTED';
  return name === CAPTURE_MONTH ? 'MONTH' : null;
}

/** The value as records hold it: numbers are canonical decimals. Throws where a number is none. */
export function asRecorded(
  name: string,
  value: string,
  factors: ReadonlyMap<string, DeclaredFactor>,
): AcquisitionRecord['declared'][string] {
  const isNumber = DECIMAL_COLUMNS.includes(name) || factors.get(name)?.kind === 'CONTINUOUS';
  return isNumber ? canonicalDecimal(value) : value;
}

/** Everything that is wrong with a filter. */
export function filterFaults(filter: ImageFilter, known: FilterVocabulary): Reason[] {
  const { imageIds, factors, classes, quality } = filter;
  return [
    ...Object.entries(MOST).flatMap(([name, most]) => {
      const given = filter[name as keyof typeof MOST]?.length ?? 0;
      return given > most ? [fault([name], `${name}: ${given} are more than ${most}; ask in parts.`)] : [];
    }),
    ...(imageIds ?? []).flatMap((id, index) =>
      /^[0-9a-f]{32}$/.test(id)
        ? []
        : [fault(['imageIds', index], `"${id}" is not an image id: 32 hexadecimal digits.`)],
    ),
    ...(factors ?? []).flatMap((condition, index) => factorFaults(condition, index, known.factors)),
    ...(classes ?? []).flatMap((name, index) =>
      known.classes.has(name)
        ? []
        : [fault(['classes', index], `the label schema has no class "${name}" at this revision.`)],
    ),
    ...(quality ?? []).flatMap(qualityFaults),
  ];
}

function factorFaults(
  { name, value, missing }: FactorCondition,
  index: number,
  factors: ReadonlyMap<string, DeclaredFactor>,
): Reason[] {
  const at = (message: string) => [fault(['factors', index], message)];
  if (placeOfField(name, factors) === null) return at(unknownField(name));
  if ((value ?? null) === null ? (missing ?? null) === null : (missing ?? null) !== null)
    return at(`"${name}" takes either a value, or missing: true or false.`);
  try {
    if (typeof value === 'string') asRecorded(name, value, factors);
  } catch (error) {
    if (isDomainError(error)) return at(`${name}: "${value}" is not a number.`);
    throw error;
  }
  return [];
}

function qualityFaults({ measure, min, max }: QualityCondition, index: number): Reason[] {
  const at = (message: string) => [fault(['quality', index], message)];
  if (!isMeasure(measure))
    return at(`"${measure}" is no quality measure; there are ${QUALITY_MEASURES.join(', ')}.`);
  if (min != null && max != null && min > max) return at(`${measure}: min ${min} lies above max ${max}.`);
  return [];
}

export const unknownField = (name: string): string =>
  `"${name}" is no acquisition column and no factor declared at this revision.`;

export const isMeasure = (name: string): name is QualityMeasure => includes(QUALITY_MEASURES, name);

const includes = (names: readonly string[], name: string) => names.includes(name);

const fault = (path: readonly (string | number)[], message: string): Reason => ({
  path: path.map(String),
  code: 'BAD_INPUT',
  message,
});
