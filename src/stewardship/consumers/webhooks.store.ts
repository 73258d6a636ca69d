import type { EntityManager } from 'typeorm';
import type { Delivery, Webhook, WithdrawalMessage } from './webhook.ts';

const WEBHOOK = `
  SELECT h.id, h.dataset_id AS "datasetId", d.slug AS dataset, h.url, h.created_at AS "createdAt", h.ended_at AS "endedAt"
  FROM webhook h JOIN dataset d ON d.id = h.dataset_id`;

export async function insertWebhook(
  db: EntityManager,
  webhook: { id: string; datasetId: string; principalId: string; url: string; secret: string },
  now: Date,
): Promise<void> {
  const { id, datasetId, principalId, url, secret } = webhook;
  await db.query(
    'INSERT INTO webhook (id, dataset_id, principal_id, url, secret, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, datasetId, principalId, url, secret, now],
  );
}

/** Whose webhooks are meant; of these datasets alone where the token is of no others. */
interface Owner {
  readonly principalId: string;
  readonly datasets: readonly string[] | null;
}

/** A webhook of this principal. */
export async function findOwnWebhook(
  db: EntityManager,
  id: string,
  { principalId, datasets }: Owner,
): Promise<Webhook | null> {
  const [row] = await db.query(
    `${WEBHOOK} WHERE h.id::text = $1 AND h.principal_id = $2 AND ($3::uuid[] IS NULL OR h.dataset_id = ANY($3))`,
    [id, principalId, datasets],
  );
  return row ?? null;
}

/** Those of a principal, by their ids. */
export async function listOwnWebhooks(
  db: EntityManager,
  { principalId, datasets }: Owner,
  after: string | null,
  limit: number,
): Promise<Webhook[]> {
  return db.query(
    `${WEBHOOK} WHERE h.principal_id = $1 AND ($2::text IS NULL OR h.id::text COLLATE "C" > $2)
       AND ($4::uuid[] IS NULL OR h.dataset_id = ANY($4)) ORDER BY h.id::text COLLATE "C" LIMIT $3`,
    [principalId, after, limit, datasets],
  );
}

export async function endWebhookRow(db: EntityManager, id: string, now: Date): Promise<void> {
  await db.query('UPDATE webhook SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL', [id, now]);
  await db.query(
    `UPDATE webhook_delivery SET state = 'GIVEN_UP', ended_at = $2 WHERE webhook_id = $1 AND state = 'WAITING'`,
    [id, now],
  );
}

/** The latest deliveries of webhooks, at most `most` of each. */
export async function listDeliveries(
  db: EntityManager,
  webhooks: readonly string[],
  most: number,
): Promise<Delivery[]> {
  return db.query(
    `SELECT webhook_id AS "webhookId", withdrawal_id AS "withdrawalId", state, attempts, last_status AS "lastStatus", next_at AS "nextAt", ended_at AS "endedAt"
     FROM (SELECT v.*, row_number() OVER (PARTITION BY v.webhook_id ORDER BY w.at DESC) AS place
           FROM webhook_delivery v JOIN withdrawal w ON w.id = v.withdrawal_id WHERE v.webhook_id = ANY($1::uuid[])) d
     WHERE place <= $2 ORDER BY place`,
    [webhooks, most],
  );
}

/** Gives every webhook of the dataset that stands a delivery of this withdrawal. */
export async function insertDeliveries(
  db: EntityManager,
  { id, datasetId }: { readonly id: string; readonly datasetId: string },
  now: Date,
): Promise<void> {
  await db.query(
    `INSERT INTO webhook_delivery (webhook_id, withdrawal_id, state, attempts, next_at)
     SELECT h.id, $1, 'WAITING', 0, $3 FROM webhook h WHERE h.dataset_id = $2 AND h.ended_at IS NULL
     ON CONFLICT DO NOTHING`,
    [id, datasetId, now],
  );
}

export interface DueDelivery {
  readonly webhookId: string;
  readonly withdrawalId: string;
  readonly principalId: string;
  readonly datasetId: string;
  readonly url: string;
  readonly secret: string;
  /** With the one that this is. */
  readonly attempts: number;
  readonly message: WithdrawalMessage;
}

/** Takes what is due for a minute, in which no other server takes it. */
export async function claimDeliveries(db: EntityManager, now: Date, most: number): Promise<DueDelivery[]> {
  const [rows] = await db.query(
    `UPDATE webhook_delivery d SET attempts = d.attempts + 1, next_at = $1::timestamptz + interval '1 minute'
     FROM webhook h, withdrawal w, dataset s
     WHERE (d.webhook_id, d.withdrawal_id) IN (
             SELECT webhook_id, withdrawal_id FROM webhook_delivery WHERE state = 'WAITING' AND next_at <= $1
             ORDER BY next_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       AND h.id = d.webhook_id AND w.id = d.withdrawal_id AND s.id = h.dataset_id
     RETURNING d.webhook_id AS "webhookId", d.withdrawal_id AS "withdrawalId", d.attempts, h.principal_id AS "principalId",
       h.dataset_id AS "datasetId", h.url, h.secret, w.at, w.reason, s.slug,
       ARRAY(SELECT v.snapshot FROM snapshot_view v WHERE v.withdrawal_id = w.id ORDER BY v.snapshot COLLATE "C") AS snapshots`,
    [now, most],
  );
  return rows.map(
    ({
      at,
      reason,
      slug,
      snapshots,
      ...due
    }: {
      at: Date;
      reason: string;
      slug: string;
      snapshots: string[];
    }) => ({
      ...due,
      message: {
        at: at.toISOString(),
        dataset: slug,
        reason,
        snapshots,
        withdrawal: (due as { withdrawalId?: string }).withdrawalId!,
      },
    }),
  );
}

/** How a try ended: taken, to be tried again at a time, or given up. */
export async function settleDelivery(
  db: EntityManager,
  { webhookId, withdrawalId }: Pick<DueDelivery, 'webhookId' | 'withdrawalId'>,
  outcome: {
    readonly state: Delivery['state'];
    readonly status: number | null;
    readonly nextAt: Date;
    readonly now: Date;
  },
): Promise<void> {
  const { state, status, nextAt, now } = outcome;
  await db.query(
    `UPDATE webhook_delivery SET state = $3, last_status = $4, next_at = $5, ended_at = CASE WHEN $3 = 'WAITING' THEN NULL ELSE $6::timestamptz END
     WHERE webhook_id = $1 AND withdrawal_id = $2 AND state = 'WAITING'`,
    [webhookId, withdrawalId, state, status, nextAt, now],
  );
}
