import { may } from '../../governance/policy.ts';
import { findActorOfPrincipal } from '../../governance/principals.store.ts';
import { datasetScope } from '../../kernel/actor.ts';
import type { Services } from '../../platform/context.ts';
import { lostCopies } from './consumers.store.ts';
import {
  type FormerConsumerMessage,
  MOST_IMAGES_TOLD,
  messageBody,
  RETRY_SECONDS,
  signatureOf,
  type WithdrawalMessage,
} from './webhook.ts';
import { claimDeliveries, type DueDelivery, settleDelivery } from './webhooks.store.ts';

const LOOK_MILLISECONDS = 5_000;
const AT_ONCE = 10;

/** Tells webhooks what waits to be told, for as long as the server runs; the function given back stops it. */
export function workOnWebhooks(services: Services): () => Promise<void> {
  let running: Promise<void> | null = null;
  const look = () => {
    running ??= deliverDue(services)
      .catch((err: unknown) => services.log.error({ err }, 'webhooks could not be told'))
      .finally(() => {
        running = null;
      });
  };
  const timer = setInterval(look, LOOK_MILLISECONDS).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

/** Everything that is due now, a few at a time. */
export async function deliverDue(services: Services): Promise<void> {
  for (;;) {
    const due = await claimDeliveries(services.db, services.now(), AT_ONCE);
    if (due.length === 0) return;
    await Promise.all(due.map((delivery) => deliver(services, delivery)));
  }
}

/** 2xx is taken, 410 ends the tries; everything else is tried again, later each time. */
async function deliver(services: Services, delivery: DueDelivery): Promise<void> {
  const { db, webhooks, now, log } = services;
  const message = await messageFor(services, delivery);
  if (message === null) {
    const at = now();
    return settleDelivery(db, delivery, { state: 'GIVEN_UP', status: null, nextAt: at, now: at });
  }
  const body = messageBody(message);
  const headers = { 'Holotype-Signature': signatureOf(body, delivery.secret, now()) };
  const status = await webhooks.post(delivery.url, body, headers).catch((err: unknown) => {
    log.warn({ err, webhook: delivery.webhookId }, 'a webhook was not reached');
    return null;
  });
  const wait = RETRY_SECONDS[delivery.attempts - 1];
  const isTaken = status !== null && status >= 200 && status < 300;
  const state = isTaken ? 'DELIVERED' : status === 410 || wait === undefined ? 'GIVEN_UP' : 'WAITING';
  const at = now();
  await settleDelivery(db, delivery, {
    state,
    status,
    nextAt: new Date(at.getTime() + (wait ?? 0) * 1_000),
    now: at,
  });
}

/** Judged at every try, for grants go and come: all of it to who may fetch the dataset, to others what they hold a copy of, or nothing. */
async function messageFor(
  { db, now }: Services,
  { principalId, datasetId, withdrawalId, message }: DueDelivery,
): Promise<WithdrawalMessage | FormerConsumerMessage | null> {
  const actor = await findActorOfPrincipal(db, principalId, ['READ'], now());
  if (may(actor, 'snapshot.fetch', datasetScope(datasetId))) return message;
  const lost = await lostCopies(db, { withdrawalId, principalId }, MOST_IMAGES_TOLD + 1);
  if (lost.snapshots.length === 0) return null;
  const { at, dataset } = message;
  return { at, dataset, ...lost, images: lost.images.length > MOST_IMAGES_TOLD ? null : lost.images };
}
