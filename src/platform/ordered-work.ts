import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { DomainError, type ErrorCode } from '../kernel/errors.ts';
import type { Context, Services } from './context.ts';

/** What could not be made so often will not be made by trying again. */
const MOST_ATTEMPTS = 3;
const PROGRESS_MILLISECONDS = 500;

/** What an order becomes. Counts that are absent stay as they are; `fault` and `faultCode` come with FAILED. */
export interface OrderChange {
  readonly state: 'RUNNING' | 'DONE' | 'FAILED';
  readonly done?: number;
  readonly total?: number;
  readonly fault?: string;
  readonly faultCode?: ErrorCode;
  readonly finishedAt?: Date;
}

/** Hears how much is done, of how much; false: the order was cancelled, stop. */
export type OrderProgress = (done: number, total: number) => boolean;

/**
 * Work that somebody ordered and does not wait for: a row per order says how far it is, a job makes it (decision 0010).
 * A chapter keeps its own table of orders, and its store's `find` and `update`; all else is here:
 *
 * - `sendOrder`, in the transaction that inserts an order as WAITING;
 * - `workOnOrdered`, when the server starts.
 *
 * `make` may be called again for the same order, after a failure or a crash: it makes nothing that is made already. Where
 * it ends the order itself, in the transaction of its result, the order stays as it wrote it. A maker that cannot stop
 * need not look at what `progress` answers.
 */
export interface OrderedWork<Order> {
  readonly queue: string;
  /** What is made, as a failure names it: "report". */
  readonly noun: string;
  find(db: EntityManager, id: string): Promise<Order | null>;
  /** Changes an order that is WAITING or RUNNING, leaves an ended one as it is, and says what state it is in then. */
  update(db: EntityManager, id: string, change: OrderChange): Promise<string>;
  make(services: Services, order: Order, progress: OrderProgress): Promise<unknown>;
}

/** Has an order made once the transaction of this context commits. */
export function sendOrder(
  { db, jobs }: Pick<Context, 'db' | 'jobs'>,
  queue: string,
  id: string,
): Promise<void> {
  return jobs.send(db, queue, id, { order: id });
}

/** Makes what is ordered, one after the other, for as long as the server runs. */
export function workOnOrdered<Order>(services: Services, work: OrderedWork<Order>): void {
  services.jobs.work<{ order: string }>(work.queue, async ({ order: id }, attempt) => {
    const order = await work.find(services.db, id);
    if (order !== null) await makeOrdered(services, work, { id, order, attempt });
  });
}

async function makeOrdered<Order>(
  services: Services,
  work: OrderedWork<Order>,
  { id, order, attempt }: { id: string; order: Order; attempt: number },
): Promise<void> {
  const { db, now, log } = services;
  if ((await work.update(db, id, { state: 'RUNNING' })) !== 'RUNNING') return;
  const watched = watch(services, work, id);
  try {
    await work.make(services, order, watched.hear);
  } catch (error) {
    await watched.end();
    if (watched.isStopped()) return;
    if (attempt < MOST_ATTEMPTS && !isFinal(error)) throw error;
    log.error({ err: error, order: id }, `a ${work.noun} could not be made`);
    services.jobs.countFailure(work.queue);
    await work.update(db, id, { state: 'FAILED', ...faultOf(error, work.noun), finishedAt: now() });
    return;
  }
  await watched.end();
  await work.update(db, id, { state: 'DONE', finishedAt: now() });
}

/** A refusal is the same at every attempt; a server that stops, or a thread that died, is not. */
function isFinal(error: unknown): boolean {
  return error instanceof DomainError && error.code !== 'UNAVAILABLE';
}

/** Only what was said on purpose is said to whoever ordered. */
function faultOf(error: unknown, noun: string): { fault: string; faultCode: ErrorCode } {
  if (error instanceof DomainError) return { fault: error.message, faultCode: error.code };
  return { fault: `The ${noun} could not be made; see the server’s log.`, faultCode: 'INTERNAL' };
}

/**
 * Writes down how far the work is, at most twice a second, and learns whether it was stopped, here or elsewhere. What
 * cannot be written down now is written down the next time: it does not end the work.
 */
function watch<Order>({ db, log }: Services, work: OrderedWork<Order>, id: string) {
  let latest: { done: number; total: number } | undefined;
  let isStopped = false;
  const ended = new AbortController();
  const save = async () => {
    try {
      isStopped = (await work.update(db, id, { state: 'RUNNING', ...latest })) !== 'RUNNING';
    } catch (error) {
      log.warn({ err: error, order: id }, `how far a ${work.noun} is could not be written down`);
    }
  };
  const watching = (async () => {
    while (!isStopped) {
      await sleep(PROGRESS_MILLISECONDS, null, { ref: false, signal: ended.signal }).catch(() => {});
      if (ended.signal.aborted) return;
      await save();
    }
  })();
  return {
    hear: (done: number, total: number) => {
      latest = { done, total };
      return !isStopped;
    },
    isStopped: () => isStopped,
    async end() {
      ended.abort();
      await watching;
      if (!isStopped) await save();
    },
  };
}
