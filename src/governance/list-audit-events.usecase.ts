import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import { CURSOR_KEYS, decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import { type AuditFilter, filterAuditEvents, type ToldAuditEvent } from './audit.store.ts';
import { requireMay } from './policy.ts';

/** What the log holds of a kind; of one dataset alone for whoever may read its log. */
export async function listAuditEvents(
  context: Context,
  request: PageRequest & { filter: AuditFilter; newestFirst: boolean },
): Promise<Page<ToldAuditEvent>> {
  const { filter, newestFirst } = request;
  requireMay(context, 'audit.read', filter.subject ?? INSTANCE_SCOPE);
  const after = decodeCursor(request, CURSOR_KEYS.number);
  const events = await filterAuditEvents(context.db, filter, {
    after,
    limit: pageSize(request) + 1,
    newestFirst,
  });
  return toPage(events, request, (event) => event.sequence);
}
