import type { Context } from '../platform/context.ts';
import { findOutcomes, type ToldAuditEvent } from './audit.store.ts';

/** How these attempts ended, by their sequence; for whoever was shown the attempts. */
export function readOutcomes(
  context: Context,
  attempts: readonly number[],
): Promise<Map<number, ToldAuditEvent>> {
  return findOutcomes(context.db, attempts);
}
