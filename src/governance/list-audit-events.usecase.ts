import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import { CURSOR_KEYS, decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import { listAuditEvents as readAuditEvents } from './audit.store.ts';
import type { AuditEvent } from './audit-chain.ts';
import { requireMay } from './policy.ts';

export async function listAuditEvents(
  context: Context,
  request: PageRequest & { subject?: string | null },
): Promise<Page<AuditEvent>> {
  requireMay(context, 'audit.read', request.subject ?? INSTANCE_SCOPE);
  const after = decodeCursor(request, CURSOR_KEYS.number) ?? 0;
  const events = await readAuditEvents(context.db, {
    after,
    limit: pageSize(request) + 1,
    subject: request.subject,
  });
  return toPage(events, request, (event) => event.sequence);
}
