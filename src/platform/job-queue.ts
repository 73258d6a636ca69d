import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { EntityManager } from 'typeorm';
import { type Bell, bell } from './bell.ts';

/**
 * Work that outlives its request, kept in the database (decision 0010). It is done at least once: by a server that
 * holds a lease on it and renews it, and by another one when that lease has run out.
 */
export interface JobQueue {
  /** Hands a job to a server on this database when `db`'s transaction commits; the same key while one waits or runs is one job. */
  send(db: EntityManager, queue: string, key: string, data: object): Promise<void>;
  /** Runs the jobs of a queue on this server, one at a time, first come, first served. */
  work<Data extends object>(queue: string, handler: JobHandler<Data>): void;
  /** How many attempts failed on this server, by queue. */
  readonly failures: ReadonlyMap<string, number>;
  /** Counts an attempt as failed whose handler itself makes the best of it. */
  countFailure(queue: string): void;
  /** Takes no more jobs, waits a little for those that run, and gives back what has not ended. */
  close(): Promise<void>;
}

/**
 * A job whose handler throws, or whose server dies, is tried again when its lease has run out, without end.
 * `attempt` counts from 1, so that the handler can record that it gives up.
 */
export type JobHandler<Data> = (data: Data, attempt: number) => Promise<void>;

interface Job {
  readonly id: string;
  readonly key: string;
  readonly data: object;
  readonly attempt: number;
}

const LEASE = "clock_timestamp() + interval '20 seconds'";
const RENEW_MILLISECONDS = 5_000;
/** Jobs sent on this server ring; this is how often it looks for jobs of other servers, and for leases run out. */
const POLL_MILLISECONDS = 2_000;
const PATIENCE_MILLISECONDS = 5_000;

export function jobQueue(db: EntityManager, log: Logger): JobQueue {
  const holder = randomUUID();
  const bells: Bell[] = [];
  const workers: Promise<void>[] = [];
  const senders = new WeakSet<object>();
  const running = new Set<string>();
  const failures = new Map<string, number>();
  const countFailure = (queue: string) => void failures.set(queue, (failures.get(queue) ?? 0) + 1);
  let isClosing = false;
  const ringAll = () => {
    for (const { ring } of bells) ring();
  };
  db.dataSource.subscribers.push({
    afterTransactionCommit({ queryRunner }) {
      if (senders.delete(queryRunner)) ringAll();
    },
  });

  async function runJob(queue: string, job: Job, handler: JobHandler<never>): Promise<void> {
    const trouble = (err: unknown, what: string) => log.error({ err, queue, key: job.key }, what);
    const renewal = setInterval(
      () => renew(db, job, holder).catch((error) => trouble(error, 'a lease was not renewed')),
      RENEW_MILLISECONDS,
    );
    running.add(job.id);
    try {
      await handler(job.data as never, job.attempt);
      await remove(db, job, holder);
    } catch (error) {
      countFailure(queue);
      trouble(error, 'a job failed, and will be tried again');
    } finally {
      clearInterval(renewal);
      running.delete(job.id);
    }
  }

  async function runJobs(queue: string, handler: JobHandler<never>, sent: Bell): Promise<void> {
    while (!isClosing) {
      const job = await claim(db, queue, holder).catch((error) => {
        log.error({ err: error, queue }, 'no job could be fetched');
        return null;
      });
      if (job) await runJob(queue, job, handler);
      else await sent.wait(POLL_MILLISECONDS);
    }
  }

  return {
    failures,
    countFailure,
    async send(within, queue, key, data) {
      await within.query(
        'INSERT INTO job (queue, key, data) VALUES ($1, $2, $3) ON CONFLICT (queue, key) DO NOTHING',
        [queue, key, JSON.stringify(data)],
      );
      if (within.queryRunner?.isTransactionActive) senders.add(within.queryRunner);
      else ringAll();
    },
    work(queue, handler) {
      const sent = bell();
      bells.push(sent);
      workers.push(runJobs(queue, handler, sent));
    },
    async close() {
      isClosing = true;
      ringAll();
      await Promise.race([Promise.all(workers), sleep(PATIENCE_MILLISECONDS, null, { ref: false })]);
      await giveBack(db, [...running], holder);
    },
  };
}

async function claim(db: EntityManager, queue: string, holder: string): Promise<Job | null> {
  const [[job]]: [Job[], number] = await db.query(
    `UPDATE job SET holder = $2, leased_until = ${LEASE}, attempt = attempt + 1
     WHERE id = (SELECT id FROM job WHERE queue = $1 AND (leased_until IS NULL OR leased_until < clock_timestamp())
                 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, key, data, attempt`,
    [queue, holder],
  );
  return job ?? null;
}

async function renew(db: EntityManager, { id }: Job, holder: string): Promise<void> {
  await db.query(`UPDATE job SET leased_until = ${LEASE} WHERE id = $1 AND holder = $2`, [id, holder]);
}

async function remove(db: EntityManager, { id }: Job, holder: string): Promise<void> {
  await db.query('DELETE FROM job WHERE id = $1 AND holder = $2', [id, holder]);
}

async function giveBack(db: EntityManager, ids: readonly string[], holder: string): Promise<void> {
  await db.query(
    `UPDATE job SET holder = NULL, leased_until = NULL, attempt = attempt - 1
     WHERE id = ANY($1::bigint[]) AND holder = $2`,
    [ids, holder],
  );
}
