import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ormOptions } from '../../ormconfig.ts';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { type JobQueue, jobQueue } from '../../src/platform/job-queue.ts';
import { copyTemplate } from '../support/template.ts';

const silent = pino({ level: 'silent' });
const EVENTUALLY = { timeout: 60_000 };

describe('The job queue', () => {
  let folder: string;
  let place: { url: string } | { folder: string };
  let drop: () => Promise<void>;
  let database: Database;
  let jobs: JobQueue;
  const opened: (() => Promise<void>)[] = [];

  /** Another server's: on PostgreSQL with connections of its own. */
  const otherServer = async () => {
    const other = 'url' in place ? await openDatabase(place, ormOptions) : null;
    const queue = jobQueue((other ?? database).db, silent);
    opened.push(async () => {
      await queue.close();
      await other?.close();
    });
    return queue;
  };
  const open = async () => {
    database = await openDatabase(place, ormOptions);
    jobs = jobQueue(database.db, silent);
  };
  const send = (key: string, data: object = {}) => jobs.send(database.db, 'work', key, data);
  const waiting = async () =>
    (await database.db.query('SELECT key FROM job ORDER BY id')).map(({ key }: { key: string }) => key);
  const letLeasesRunOut = () => database.db.query('UPDATE job SET leased_until = now()');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holotype-jobs-'));
    const copy = await copyTemplate(folder);
    drop = copy.drop;
    place = copy.databaseUrl === null ? { folder: join(folder, 'database') } : { url: copy.databaseUrl };
    await open();
  });
  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
    await jobs.close();
    await database.close();
    await drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('runs each job with its data, first come, first served, and keeps nothing of it', async () => {
    const ran: object[] = [];
    await send('b', { n: 1 });
    await send('a', { n: 2 });
    jobs.work('work', async (data, attempt) => void ran.push({ ...data, attempt }));
    await send('c', { n: 3 });
    await expect.poll(() => ran, EVENTUALLY).toEqual([1, 2, 3].map((n) => ({ n, attempt: 1 })));
    await expect.poll(waiting, EVENTUALLY).toEqual([]);
  });

  it('leaves the jobs of other queues alone', async () => {
    const ran: string[] = [];
    jobs.work('work', async () => void ran.push('work'));
    jobs.work('rest', async () => void ran.push('rest'));
    await jobs.send(database.db, 'rest', 'x', {});
    await expect.poll(waiting, EVENTUALLY).toEqual([]);
    expect(ran).toEqual(['rest']);
  });

  it('takes one key for one job while it waits and while it runs, and for another one after', async () => {
    const gates: (() => void)[] = [];
    await send('a');
    await send('a');
    jobs.work('work', () => new Promise<void>((resolve) => gates.push(resolve)));
    await expect.poll(() => gates.length, EVENTUALLY).toBe(1);
    await send('a');
    gates[0]!();
    await expect.poll(waiting, EVENTUALLY).toEqual([]);
    await send('a');
    await expect.poll(() => gates.length, EVENTUALLY).toBe(2);
    gates[1]!();
  });

  it('sends a job with the transaction that it is sent in, or not at all', async () => {
    const ran: string[] = [];
    jobs.work<{ key: string }>('work', async ({ key }) => void ran.push(key));
    await database.db
      .transaction(async (db) => {
        await jobs.send(db, 'work', 'undone', { key: 'undone' });
        throw new Error('undo');
      })
      .catch(() => {});
    await database.db.transaction((db) => jobs.send(db, 'work', 'done', { key: 'done' }));
    await expect.poll(() => ran, EVENTUALLY).toEqual(['done']);
  });

  it('gives each job to one of several servers', async () => {
    const ran: Record<string, string[]> = {};
    const other = await otherServer();
    const numbers = Array.from({ length: 20 }, (_, index) => String(index));
    for (const key of numbers) await send(key, { key });
    for (const [name, queue] of Object.entries({ one: jobs, other }))
      queue.work<{ key: string }>('work', async ({ key }) => {
        ran[name] = [...(ran[name] ?? []), key];
        await database.db.query('SELECT 1');
      });
    await expect.poll(waiting, EVENTUALLY).toEqual([]);
    expect([...ran.one!, ...ran.other!].sort()).toEqual([...numbers].sort());
  });

  it('tries a job that failed again when its lease has run out, and says that it does', async () => {
    const attempts: number[] = [];
    jobs.work('work', async (_, attempt) => {
      attempts.push(attempt);
      if (attempt < 3) throw new Error('not yet');
    });
    await send('a');
    await expect.poll(() => attempts, EVENTUALLY).toEqual([1]);
    await letLeasesRunOut();
    await expect.poll(() => attempts, EVENTUALLY).toEqual([1, 2]);
    await letLeasesRunOut();
    await expect.poll(waiting, EVENTUALLY).toEqual([]);
    expect(attempts).toEqual([1, 2, 3]);
  });

  it('renews the lease on a job as long as it runs', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const leased = async () => {
        const [{ until }] = await database.db.query('SELECT max(leased_until)::text AS until FROM job');
        return until as string;
      };
      let end = () => {};
      const begun = new Promise<void>((resolve) =>
        jobs.work('work', () => {
          resolve();
          return new Promise<void>((done) => {
            end = done;
          });
        }),
      );
      await send('a');
      await begun;
      const first = await leased();
      vi.advanceTimersByTime(5_000);
      await vi.waitUntil(async () => (await leased()) > first, EVENTUALLY);
      end();
    } finally {
      vi.useRealTimers();
    }
  });

  it('waits for a running job before it closes, and begins no other', async () => {
    const ran: string[] = [];
    let end = () => {};
    const gate = new Promise<void>((resolve) => {
      end = resolve;
    });
    jobs.work<{ key: string }>('work', async ({ key }) => {
      await gate;
      ran.push(key);
    });
    await send('a', { key: 'a' });
    await send('b', { key: 'b' });
    const begun = () => database.db.query('SELECT key FROM job WHERE attempt = 1');
    await expect.poll(begun, EVENTUALLY).toHaveLength(1);
    const closing = jobs.close();
    end();
    await closing;
    expect(ran).toEqual(['a']);
    expect(await waiting()).toEqual(['b']);
  });

  it('gives back on closing what does not end, so that another server begins it at once', async () => {
    const stopping = jobQueue(database.db, silent);
    await new Promise<void>((begun) => {
      stopping.work('work', () => {
        begun();
        return new Promise(() => {});
      });
      void send('a');
    });
    await stopping.close();
    const attempt = new Promise((resolve) => jobs.work('work', async (_, nth) => resolve(nth)));
    expect(await attempt).toBe(1);
  });

  it('runs the job of a killed server again after its restart', async () => {
    await send('a');
    await database.close();
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const child = fork(resolve(import.meta.dirname, 'endless-job.ts'), [JSON.stringify(place)], {
      execArgv: ['--import', loader],
    });
    await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await open();
    const attempt = new Promise((done) => jobs.work('work', async (_, nth) => done(nth)));
    expect(await waiting()).toEqual(['a']);
    await letLeasesRunOut();
    expect(await attempt).toBe(2);
  });
});
