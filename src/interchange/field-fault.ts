import { DomainError, type ErrorCode, isDomainError } from '../kernel/errors.ts';
import type { ImportPlan } from './import-plan.ts';

/** Throws what `refusingFaults` records: `field` is the path of the field at fault, e.g. `bndbox/xmin`. */
export function fieldFault(code: ErrorCode, field: string | null, message: string): never {
  throw new DomainError(code, message, [{ path: field === null ? [] : [field], code, message }]);
}

/**
 * Reads one statement of a source; a fault in it becomes a refusal of the plan, and the others go on. `image` is the
 * image that the statement brings, where it brings one.
 */
export function refusingFaults(
  plan: ImportPlan,
  where: string,
  read: () => void,
  image: string | null = null,
): void {
  try {
    read();
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const field = error.reasons[0]?.path.join('/') || null;
    const brought = image === null ? {} : { image };
    plan.refused.push({ where, field, code: error.code, message: error.message, ...brought });
  }
}

/** Reads one field; a fault found while reading is thrown again with the field's name. */
export function readingField<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return fieldFault(error.code, field, `${field}: ${error.message}`);
  }
}
