import type { Logger } from 'pino';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../kernel/actor.ts';
import type { Signer } from '../kernel/dsse.ts';
import type { BlobStore } from './blob-store.ts';
import type { ComputeThread } from './compute-thread.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { ImageProbePool } from './image-probe-pool.ts';
import type { JobQueue } from './job-queue.ts';
import type { RateLimits } from './rate-limits.ts';
import type { WebhookSender } from './webhook-sender.ts';

/** What lives as long as the server. */
export interface Services {
  readonly db: EntityManager;
  readonly blobs: BlobStore;
  readonly probe: ImageProbePool;
  readonly compute: ComputeThread;
  readonly jobs: JobQueue;
  readonly log: Logger;
  readonly now: () => Date;
  readonly rateLimits: RateLimits;
  readonly webhooks: WebhookSender;
  /** By whose key the server speaks for what it published. */
  readonly signer: Signer;
  /** Whose tokens are taken beside this server's own; null: nobody's. */
  readonly identityProvider: IdentityProvider | null;
  /** The versions that bear on what is published. */
  readonly software: Readonly<Record<string, string>>;
  /** Where clients reach the server, without a slash at its end; null: where their requests say. */
  readonly publicUrl: string | null;
  readonly limits: {
    readonly maxBlobBytes: number;
    readonly maxPixels: number;
    readonly decodeSeconds: number;
  };
}

/** What lives as long as one request. `db` inside a transaction is that transaction's, and no other is in reach. */
export interface Context extends Services {
  readonly actor: Actor | null;
  readonly requestId: string;
  /** Where the request reached the server, without a slash at its end. */
  readonly origin: string;
  /** Every action this request has been judged for; a guarded field whose use case never asked is a defect. */
  readonly decisions: Set<string>;
}

/** Runs `work` in one transaction; a throw rolls everything back. Nested calls join the transaction they are in. */
export async function inTransaction<T>(context: Context, work: (context: Context) => Promise<T>): Promise<T> {
  if (context.db.queryRunner?.isTransactionActive) return work(context);
  return context.db.transaction((db) => work({ ...context, db }));
}

const memo = new WeakMap<object, Map<unknown, unknown>>();

/** One value per request and factory: how a DataLoader lives exactly as long as its request. */
export function perRequest<T>(context: Context, factory: (context: Context) => T): T {
  const key = context.decisions;
  const held = memo.get(key) ?? new Map();
  memo.set(key, held);
  if (!held.has(factory)) held.set(factory, factory(context));
  return held.get(factory) as T;
}
