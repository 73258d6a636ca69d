import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { EntityManager } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ormOptions } from '../../ormconfig.ts';
import { DomainError } from '../../src/kernel/errors.ts';
import type { Services } from '../../src/platform/context.ts';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { type JobQueue, jobQueue } from '../../src/platform/job-queue.ts';
import {
  type OrderChange,
  type OrderedWork,
  sendOrder,
  workOnOrdered,
} from '../../src/platform/ordered-work.ts';
import { copyTemplate } from '../support/template.ts';

const EVENTUALLY = { timeout: 60_000 };

describe('Ordered work', () => {
  let folder: string;
  let drop: () => Promise<void>;
  let database: Database;
  let jobs: JobQueue;
  let services: Services;
  let written: OrderChange[];

  const find = async (db: EntityManager, id: string) => {
    const [row] = await db.query('SELECT * FROM loaf WHERE id = $1', [id]);
    return row ?? null;
  };
  const update = async (db: EntityManager, id: string, change: OrderChange) => {
    written.push(change);
    await db.query(
      `UPDATE loaf SET state = $2, done = coalesce($3, done), fault = $4, fault_code = $5
       WHERE id = $1 AND state IN ('WAITING', 'RUNNING')`,
      [id, change.state, change.done ?? null, change.fault ?? null, change.faultCode ?? null],
    );
    return (await find(db, id)).state;
  };
  const order = (id: string) =>
    database.db.transaction(async (db) => {
      await db.query(`INSERT INTO loaf (id, state, done) VALUES ($1, 'WAITING', 0)`, [id]);
      await sendOrder({ db, jobs }, 'bakery', id);
    });
  const workBy = (make: OrderedWork<{ id: string }>['make'], store = { find, update }) =>
    workOnOrdered(services, { queue: 'bakery', noun: 'loaf', ...store, make });
  const kept = (id: string) => find(database.db, id);
  const ended = async (id: string) => {
    await expect.poll(async () => (await kept(id)).state, EVENTUALLY).not.toMatch(/WAITING|RUNNING/);
    await expect.poll(() => database.db.query('SELECT 1 FROM job'), EVENTUALLY).toEqual([]);
    return kept(id);
  };
  const letLeasesRunOut = () => database.db.query('UPDATE job SET leased_until = now()');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holotype-ordered-'));
    const copy = await copyTemplate(folder);
    drop = copy.drop;
    database = await openDatabase(
      copy.databaseUrl === null ? { folder: join(folder, 'database') } : { url: copy.databaseUrl },
      ormOptions,
    );
    await database.db.query(
      'CREATE TABLE loaf (id text PRIMARY KEY, state text, done int, fault text, fault_code text)',
    );
    const log = pino({ level: 'silent' });
    jobs = jobQueue(database.db, log);
    services = { db: database.db, jobs, log, now: () => new Date() } as Services;
    written = [];
  });
  afterEach(async () => {
    await jobs.close();
    await database.close();
    await drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is made by a job, and keeps how far it was', async () => {
    const seen: string[] = [];
    workBy(async (_, { id }, progress) => {
      seen.push((await kept(id)).state);
      expect(progress(7, 7)).toBe(true);
    });
    await order('rye');
    expect(await ended('rye')).toMatchObject({ state: 'DONE', done: 7, fault: null });
    expect(seen).toEqual(['RUNNING']);
  });

  it('writes down of many steps only the last before it looks again', async () => {
    workBy(async (_, __, progress) => {
      for (let done = 1; done <= 10_000; done += 1) progress(done, 10_000);
    });
    await order('rye');
    await ended('rye');
    expect(written.map(({ state, done }) => [state, done])).toEqual([
      ['RUNNING', undefined],
      ['RUNNING', 10_000],
      ['DONE', undefined],
    ]);
  });

  it('fails at once by a refusal, in the words of it', async () => {
    let attempts = 0;
    workBy(async () => {
      attempts += 1;
      throw new DomainError('NOT_FOUND', 'No flour is here.');
    });
    await order('rye');
    expect(await ended('rye')).toMatchObject({
      ...{ state: 'FAILED', fault: 'No flour is here.', fault_code: 'NOT_FOUND' },
    });
    expect(attempts).toBe(1);
  });

  it('is tried three times where something broke, and then fails without telling what', async () => {
    let attempts = 0;
    workBy(async () => {
      attempts += 1;
      throw new Error('secret');
    });
    await order('rye');
    for (const made of [1, 2]) {
      await expect.poll(() => attempts, EVENTUALLY).toBe(made);
      await expect.poll(() => written.length, EVENTUALLY).toBe(2 * made);
      expect((await kept('rye')).state).toBe('RUNNING');
      await letLeasesRunOut();
    }
    expect(await ended('rye')).toMatchObject({
      state: 'FAILED',
      fault: 'The loaf could not be made; see the server’s log.',
      fault_code: 'INTERNAL',
    });
    expect(attempts).toBe(3);
  });

  it('is tried again where the server was stopping', async () => {
    let attempts = 0;
    workBy(async () => {
      attempts += 1;
      if (attempts === 1) throw new DomainError('UNAVAILABLE', 'The server is stopping.');
    });
    await order('rye');
    await expect.poll(() => written.length, EVENTUALLY).toBe(2);
    await letLeasesRunOut();
    expect(await ended('rye')).toMatchObject({ state: 'DONE', fault: null });
  });

  it('hears that it was cancelled while it is made, and stays so', async () => {
    let isBegun = false;
    workBy(async (_, __, progress) => {
      isBegun = true;
      await expect.poll(() => progress(1, 2), EVENTUALLY).toBe(false);
      throw new DomainError('CONFLICT', 'The loaf was cancelled.');
    });
    await order('rye');
    await expect.poll(() => isBegun, EVENTUALLY).toBe(true);
    await database.db.query(`UPDATE loaf SET state = 'CANCELLED'`);
    expect(await ended('rye')).toMatchObject({ state: 'CANCELLED', fault: null });
  });

  it('is not begun where it was cancelled before', async () => {
    await order('rye');
    await database.db.query(`UPDATE loaf SET state = 'CANCELLED' WHERE id = 'rye'`);
    await order('wheat');
    const made: string[] = [];
    workBy(async (_, { id }) => void made.push(id));
    await ended('wheat');
    expect(made).toEqual(['wheat']);
    expect((await kept('rye')).state).toBe('CANCELLED');
  });

  it('stays as its maker ended it', async () => {
    workBy(async ({ db }, { id }) => {
      await db.query(`UPDATE loaf SET state = 'DONE', fault = 'crumbly' WHERE id = $1`, [id]);
    });
    await order('rye');
    expect(await ended('rye')).toMatchObject({ state: 'DONE', fault: 'crumbly' });
  });

  it('goes on where its progress cannot be written down', async () => {
    const failing: typeof update = (db, id, change) => {
      if (change.done !== undefined) return Promise.reject(new Error('the database is away'));
      return update(db, id, change);
    };
    workBy(async (_, __, progress) => void progress(1, 1), { find, update: failing });
    await order('rye');
    expect(await ended('rye')).toMatchObject({ state: 'DONE', done: 0 });
  });
});
