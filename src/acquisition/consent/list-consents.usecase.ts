import { requireMay } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import {
  CURSOR_KEYS,
  decodeCursor,
  type Page,
  type PageRequest,
  pageSize,
  toPage,
} from '../../kernel/page.ts';
import type { Context } from '../../platform/context.ts';
import type { SubjectConsent } from './consent.ts';
import { listConsents } from './consents.store.ts';

/** What subjects consent to, by subject; to know subjects is a right of its own. */
export async function readConsents(
  context: Context,
  datasetId: string,
  request: PageRequest,
): Promise<Page<SubjectConsent>> {
  requireMay(context, 'restricted.read', datasetScope(datasetId));
  const after = decodeCursor(request, CURSOR_KEYS.text);
  const rows = await listConsents(context.db, datasetId, { after, limit: pageSize(request) + 1 });
  return toPage(rows, request, ({ subject }) => subject);
}
