import { type Condition, isIn } from '../images/image-selection.ts';
import { binRange } from './bin-range.ts';
import type { LevelKind } from './pool-levels.ts';

/** A field whose levels are rows: NOMINAL by name, CONTINUOUS by bin. */
export interface RowField {
  readonly name: string;
  readonly kind: 'NOMINAL' | 'CONTINUOUS';
}

/**
 * The images of a row of a factor's table, as a condition; `shown` are the levels with rows of their own. Null where none
 * can say it: who labelled an image alone is no field of it, and pooled bins are no range.
 */
export function levelCondition(
  { name, kind }: RowField,
  row: { readonly level: string; readonly kind: LevelKind },
  shown: readonly string[],
): Condition | null {
  if (name === 'annotator') return null;
  if (row.kind === 'MISSING') return { kind: 'MISSING', field: name };
  if (kind === 'CONTINUOUS') {
    const range = row.kind === 'LEVEL' ? binRange(row.level) : null;
    return range && { kind: 'RANGE', field: name, ...range };
  }
  return row.kind === 'OTHER' ? { kind: 'NOT_IN', field: name, values: shown } : isIn(name, row.level);
}
