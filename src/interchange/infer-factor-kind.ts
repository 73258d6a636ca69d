import type { FactorKind } from '../acquisition/acquisition-record.ts';
import { isTime } from './read-time.ts';

export type InferredKind = Exclude<FactorKind, 'ORDINAL'>;

/** A leading zero marks an identifier (`007`), not a quantity. */
const QUANTITY = /^[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?$/;

/**
 * The kind of a declared factor that all its values fit: CONTINUOUS for numbers, TIME for ISO 8601 and EXIF dates
 * and times, else NOMINAL. Empty values say nothing. Order among categories cannot be read off them, so ORDINAL
 * is for the user to declare.
 */
export function inferFactorKind(values: Iterable<string>): InferredKind {
  let mayBeContinuous = true;
  let mayBeTime = true;
  let isEmpty = true;
  for (const value of values) {
    if (value === '') continue;
    isEmpty = false;
    mayBeContinuous &&= QUANTITY.test(value);
    mayBeTime &&= isTime(value);
    if (!mayBeContinuous && !mayBeTime) return 'NOMINAL';
  }
  if (isEmpty) return 'NOMINAL';
  return mayBeContinuous ? 'CONTINUOUS' : 'TIME';
}
