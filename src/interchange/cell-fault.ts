import { DECIMAL_COLUMNS } from '../acquisition/acquisition-record.ts';
import { canonicalDecimal } from '../kernel/decimal.ts';
import { isDomainError } from '../kernel/errors.ts';
import { isTime } from './read-time.ts';

/** What keeps a cell from being a value of its field, in words; null for a good value and for an empty one. */
export function cellFault(field: string, value: string): string | null {
  if (value === '') return null;
  if (field === 'capturedAt' && !isTime(value))
    return 'is no calendar date (ISO 8601, such as 2026-05-04 or 2026-05-04T09:30:00Z)';
  if (DECIMAL_COLUMNS.includes(field) && !isDecimal(value)) return 'is no decimal number';
  return null;
}

function isDecimal(text: string): boolean {
  try {
    canonicalDecimal(text);
    return true;
  } catch (error) {
    if (isDomainError(error)) return false;
    throw error;
  }
}
