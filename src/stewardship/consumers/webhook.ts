import { createHmac } from 'node:crypto';
import { canonicalJson } from '../../kernel/canonical-json.ts';

export const DELIVERY_STATES = ['WAITING', 'DELIVERED', 'GIVEN_UP'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface Webhook {
  readonly id: string;
  readonly datasetId: string;
  readonly dataset: string;
  readonly url: string;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

export interface Delivery {
  readonly webhookId: string;
  readonly withdrawalId: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Of the last answer; null: none came. */
  readonly lastStatus: number | null;
  readonly nextAt: Date;
  readonly endedAt: Date | null;
}

/** Seconds between one try and the next; after the last it is given up: about a day and a half in all. */
export const RETRY_SECONDS: readonly number[] = [30, 120, 600, 3_600, 10_800, 28_800, 86_400];

/** What is told: enough to ask the feed of each snapshot, and nothing of any image. */
export interface WithdrawalMessage {
  readonly at: string;
  readonly dataset: string;
  readonly reason: string;
  readonly snapshots: readonly string[];
  readonly withdrawal: string;
}

/**
 * What is told to who may no longer fetch the dataset and holds a copy: what of it to delete, by digests and ids that stand in the copy,
 * and nothing else of the withdrawal. The feed is closed to them, so the ids are in the message.
 */
export interface FormerConsumerMessage {
  readonly at: string;
  readonly dataset: string;
  /** Null: they are too many for a message, delete the whole copy. */
  readonly images: readonly string[] | null;
  /** Those of which it had fetched. */
  readonly snapshots: readonly string[];
}

/** More images are not named one by one. */
export const MOST_IMAGES_TOLD = 10_000;

export const messageBody = (message: WithdrawalMessage | FormerConsumerMessage): string =>
  canonicalJson({ ...message, event: 'withdrawalAdded' });

/** `t=SECONDS,v1=HEX`: HMAC-SHA256 of `SECONDS.BODY` by the webhook's secret, so that an old message cannot be sent again as a new one. */
export function signatureOf(body: string, secret: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}
