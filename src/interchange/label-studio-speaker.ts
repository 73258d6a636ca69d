import type { Decimal } from '../kernel/decimal.ts';
import { fieldFault, readingField } from './field-fault.ts';
import { idText, isAbsent, isJsonObject, type JsonObject, textMember } from './json-members.ts';
import { readQuantity } from './read-quantity.ts';
import { readInstant } from './read-time.ts';

/** Who completed an annotation: the e-mail address, else first and last name, else the id as text; null where nobody is named. */
export function annotatorOf(completedBy: unknown): string | null {
  if (!isJsonObject(completedBy)) return textMember(idText(completedBy));
  const { email, first_name: first, last_name: last, id } = completedBy;
  const name = [first, last].flatMap((part) => textMember(part) ?? []).join(' ');
  return textMember(email) ?? textMember(name) ?? textMember(idText(id));
}

/** When an annotation was last changed: `updated_at`, where that is later than `created_at`. */
export function annotatedAtOf({ created_at, updated_at }: JsonObject): string | null {
  const [created, updated] = [created_at, updated_at].map((time) =>
    typeof time === 'string' ? readInstant(time) : null,
  );
  if (!created || !updated) return created ?? updated ?? null;
  return Date.parse(updated) > Date.parse(created) ? updated : created;
}

/** Time spent. Throws INVALID_VALUE for what is no time. */
export function secondsOf({ lead_time }: JsonObject): Decimal | null {
  if (isAbsent(lead_time)) return null;
  if (typeof lead_time !== 'number')
    return fieldFault('INVALID_VALUE', 'lead_time', 'The time spent is no number.');
  return readingField('lead_time', () => readQuantity(lead_time));
}
