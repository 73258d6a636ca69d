import { randomBytes, randomUUID } from 'node:crypto';
import { visibleDataset } from '../../catalogue/dataset.store.ts';
import { recorded } from '../../governance/audit.store.ts';
import { requireMay } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/errors.ts';
import {
  CURSOR_KEYS,
  decodeCursor,
  type Page,
  type PageRequest,
  pageSize,
  toPage,
} from '../../kernel/page.ts';
import type { Context } from '../../platform/context.ts';
import type { Delivery, Webhook } from './webhook.ts';
import {
  endWebhookRow,
  findOwnWebhook,
  insertWebhook,
  listDeliveries,
  listOwnWebhooks,
} from './webhooks.store.ts';

/** More of a webhook are not listed with it. */
const DELIVERIES_SHOWN = 50;

/** Has withdrawals from a dataset told to an address; the secret that signs the messages is shown this once. */
export async function subscribeToWithdrawals(
  context: Context,
  input: { readonly dataset: string; readonly url: string },
): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
  const dataset = await visibleDataset(context, input.dataset);
  requireMay(context, 'snapshot.fetch', datasetScope(dataset.id));
  context.webhooks.check(input.url);
  const id = randomUUID();
  const secret = randomBytes(32).toString('base64url');
  const principalId = context.actor!.principalId;
  const entry = { action: 'webhook.subscribe', subject: datasetScope(dataset.id), detail: { webhook: id } };
  await recorded(context, entry, ({ db, now }) =>
    insertWebhook(db, { id, datasetId: dataset.id, principalId, url: input.url, secret }, now()),
  );
  return { webhook: (await findOwnWebhook(context.db, id, context.actor!))!, secret };
}

/** Ends one's own; what waits to be told by it is given up. */
export async function endWebhook(context: Context, id: string): Promise<Webhook> {
  const held = await findOwnWebhook(context.db, id, context.actor!);
  if (!held) throw new DomainError('NOT_FOUND', `id: no webhook "${id}" is known to this token.`);
  const entry = { action: 'webhook.end', subject: datasetScope(held.datasetId), detail: { webhook: id } };
  await recorded(context, entry, ({ db, now }) => endWebhookRow(db, id, now()));
  return (await findOwnWebhook(context.db, id, context.actor!))!;
}

/** Those of whoever asks. */
export async function readWebhooks(context: Context, request: PageRequest): Promise<Page<Webhook>> {
  const after = decodeCursor(request, CURSOR_KEYS.text);
  const rows = await listOwnWebhooks(context.db, context.actor!, after, pageSize(request) + 1);
  return toPage(rows, request, ({ id }) => id);
}

/** The latest deliveries of webhooks, in the order asked. */
export async function readDeliveries(context: Context, webhooks: readonly string[]): Promise<Delivery[][]> {
  const rows = await listDeliveries(context.db, webhooks, DELIVERIES_SHOWN);
  return webhooks.map((id) => rows.filter(({ webhookId }) => webhookId === id));
}
