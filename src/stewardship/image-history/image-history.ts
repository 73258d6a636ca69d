import type { AcquisitionRecord } from '../../acquisition/acquisition-record.ts';
import { COLUMN_NAMES } from '../../acquisition/acquisition-values.ts';

/** A field of an acquisition record before and after a revision; null: no value. */
export interface FieldChange {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What one revision did to one image. */
export type ImageChange = { readonly revision: number; readonly at: Date } & (
  | { readonly kind: 'REGISTERED' }
  | { readonly kind: 'RECORDED'; readonly fields: readonly FieldChange[] }
  | { readonly kind: 'EXCLUDED'; readonly stage: string; readonly reason: string }
  | { readonly kind: 'READMITTED' }
  | {
      readonly kind: 'LABELLED';
      readonly annotator: string;
      readonly said: number;
      readonly superseded: number;
    }
);

/** The order of what one revision did: an image is there before anything is said of it. */
const ORDER = ['REGISTERED', 'READMITTED', 'RECORDED', 'LABELLED', 'EXCLUDED'] as const;

/** The latest revision first; within one, in the order in which it can be told. */
export function latestFirst(changes: readonly ImageChange[]): ImageChange[] {
  return [...changes].sort(
    (one, other) =>
      other.revision - one.revision ||
      ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind) ||
      (one.kind === 'LABELLED' && other.kind === 'LABELLED' ? compare(one.annotator, other.annotator) : 0),
  );
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** Fields whose values differ, typed columns first, then declared factors by name. Restricted fields are not told. */
export function changedFields(before: AcquisitionRecord | null, after: AcquisitionRecord): FieldChange[] {
  const factors = new Set([...Object.keys(before?.declared ?? {}), ...Object.keys(after.declared)]);
  const fields = [
    ...COLUMN_NAMES.map((name) => [name, before?.columns[name], after.columns[name]] as const),
    ...[...factors]
      .sort(compare)
      .map((name) => [name, before?.declared[name], after.declared[name]] as const),
  ];
  return fields
    .map(([name, was, is]) => ({ name, before: was ?? null, after: is ?? null }))
    .filter((field) => field.before !== field.after);
}
