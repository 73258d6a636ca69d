import { DomainError, type Reason } from '../kernel/errors.ts';
import { isStorableText } from '../kernel/is-storable-text.ts';

/** Refuses arguments that hold a NUL or a lone surrogate anywhere, and names the place: no text is stored altered. */
export function refuseUnstorableText(args: object): void {
  const reasons: Reason[] = [];
  walk(args, [], reasons);
  if (reasons.length > 0)
    throw new DomainError('BAD_INPUT', `${reasons[0]!.message} Nothing was written.`, reasons);
}

function walk(value: unknown, path: string[], reasons: Reason[]): void {
  if (typeof value === 'string') {
    if (isStorableText(value)) return;
    const message = `${path.join('.')}: holds a NUL or a lone surrogate, which is no text; remove it.`;
    reasons.push({ path, code: 'BAD_INPUT', message });
  } else if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    for (const [key, member] of Object.entries(value)) walk(member, [...path, key], reasons);
  }
}
