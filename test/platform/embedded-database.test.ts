import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../../src/platform/embedded-database.ts';

describe('the embedded database behind its socket', () => {
  let embedded: EmbeddedDatabase;
  let pool: pg.Pool;
  beforeAll(async () => {
    embedded = await startEmbeddedDatabase('memory://');
    pool = new pg.Pool({
      host: embedded.host,
      port: embedded.port,
      user: 'postgres',
      database: 'postgres',
      max: 8,
    });
    await pool.query('CREATE TABLE line (n int)');
  });
  afterAll(async () => {
    await pool.end();
    await embedded.close();
  });

  it('answers each of many connections with its own parameters', async () => {
    const asked = Array.from({ length: 400 }, (_, index) => index);
    const answered = await Promise.all(
      asked.map(async (n) => (await pool.query('SELECT $1::int AS n', [n])).rows[0].n),
    );
    expect(answered).toEqual(asked);
  });

  it('takes parameters larger than a socket carries at once', async () => {
    const sizes = [1, 70_000, 3_000_000, 5];
    const lengths = await Promise.all(
      sizes.map(async (size) => (await pool.query('SELECT length($1) AS n', ['x'.repeat(size)])).rows[0].n),
    );
    expect(lengths).toEqual(sizes);
  });

  it('keeps an error to the connection that made it', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) => pool.query('SELECT 60 / $1::int AS n', [index % 3])),
    );
    const values = outcomes.map((outcome) =>
      outcome.status === 'fulfilled' ? outcome.value.rows[0].n : outcome.reason.message,
    );
    expect(values).toEqual(Array.from({ length: 60 }, (_, index) => ['division by zero', 60, 30][index % 3]));
  });

  it('lets nobody into another connection’s transaction', async () => {
    const writer = await pool.connect();
    await writer.query('BEGIN');
    await writer.query('INSERT INTO line VALUES (1)');
    const seen = pool.query('SELECT count(*)::int AS n FROM line');
    await writer.query('INSERT INTO line VALUES (2)');
    await writer.query('ROLLBACK');
    writer.release();
    expect((await seen).rows[0].n).toBe(0);
  });

  it('rolls back what a lost connection left open, and goes on', async () => {
    const client = new pg.Client({
      host: embedded.host,
      port: embedded.port,
      user: 'postgres',
      database: 'postgres',
    });
    client.on('error', () => {});
    await client.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO line VALUES (3)');
    const seen = pool.query('SELECT count(*)::int AS n FROM line');
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    expect((await seen).rows[0].n).toBe(0);
  });
});
