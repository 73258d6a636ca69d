import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { DataSourceOptions, MigrationInterface, QueryRunner } from 'typeorm';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ormOptions } from '../../ormconfig.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { killLeftovers, serveProcess } from '../app/cli/command.ts';
import { copyTemplate } from '../support/template.ts';

const template = inject('template');

/** A migration that takes its time, and would fail if it were run twice. */
class SlowTable1999000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SELECT pg_sleep(1); CREATE TABLE slow_table (id integer)');
  }

  async down(): Promise<void> {}
}

/** A migration that asks for a table which others read. */
class WantsTheTable1999000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE dataset ADD wanted text');
  }

  async down(): Promise<void> {}
}

function withMigration(migration: new () => MigrationInterface) {
  return (address: { url: string } | { host: string; port: number }): DataSourceOptions => {
    const options = ormOptions(address);
    return { ...options, migrations: [...(options.migrations as []), migration] };
  };
}

describe.skipIf('folder' in template)('migrations on a PostgreSQL server', () => {
  const server = 'server' in template ? template.server : '';
  const databases: string[] = [];
  const query = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const emptyDatabase = async () => {
    const name = `holotype_test_${randomUUID().replaceAll('-', '')}`;
    await query(server, `CREATE DATABASE "${name}"`);
    databases.push(name);
    const url = new URL(server);
    url.pathname = `/${name}`;
    return url.href;
  };
  let folder: string;
  let migrated: { databaseUrl: string | null; drop: () => Promise<void> };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holotype-test-'));
    migrated = await copyTemplate(folder);
  });
  afterAll(async () => {
    killLeftovers();
    await migrated?.drop();
    await rm(folder, { recursive: true, force: true });
    for (const name of databases) await query(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  });

  it('run once where two servers start at the same time on an empty database', async () => {
    const url = await emptyDatabase();
    const servers = await Promise.all(
      ['one', 'other'].map((name) => serveProcess(['--data-dir', join(folder, name)], { DATABASE_URL: url })),
    );
    for (const { url: address } of servers) expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    const rows = await query(url, 'SELECT name, count(*)::int AS times FROM migrations GROUP BY name');
    expect(rows.length).toBe((ormOptions({ url }).migrations as []).length);
    expect(new Set(rows.map(({ times }) => times))).toEqual(new Set([1]));
    expect(await Promise.all(servers.map((served) => served.end('SIGTERM')))).toEqual([0, 0]);
  });

  it('run once while those who read are answered', async () => {
    const place = { url: migrated.databaseUrl! };
    let isDone = false;
    const started = Promise.all([
      openDatabase(place, withMigration(SlowTable1999000000000)),
      openDatabase(place, withMigration(SlowTable1999000000000)),
    ]).finally(() => {
      isDone = true;
    });
    let answered = 0;
    while (!isDone) {
      await query(place.url, 'SELECT count(*) FROM dataset');
      answered += 1;
    }
    for (const database of await started) await database.close();
    expect(answered).toBeGreaterThan(0);
    expect(await query(place.url, "SELECT name FROM migrations WHERE name LIKE 'Slow%'")).toHaveLength(1);
  });

  it('let those pass who read a table that a migration waits for', async () => {
    const place = { url: migrated.databaseUrl! };
    const reader = new pg.Client({ connectionString: place.url });
    await reader.connect();
    await reader.query('BEGIN; SELECT count(*) FROM dataset');
    const started = openDatabase(place, withMigration(WantsTheTable1999000000001));
    const waits = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'dataset'::regclass";
    while ((await query(place.url, waits)).length === 0);
    // Behind a migration that waited without end this would wait without end too.
    await query(place.url, 'SELECT count(*) FROM dataset');
    await reader.query('COMMIT');
    await reader.end();
    const { dataSource, close } = await started;
    await dataSource.query('SELECT wanted FROM dataset');
    await close();
  });
});

it('a migration that fails leaves no connection and no lock behind', async () => {
  class Fails1999000000002 implements MigrationInterface {
    async up(runner: QueryRunner): Promise<void> {
      await runner.query('SELECT * FROM no_such_table');
    }

    async down(): Promise<void> {}
  }
  const folder = await mkdtemp(join(tmpdir(), 'holotype-test-'));
  const { databaseUrl, drop } = await copyTemplate(folder);
  const place = databaseUrl === null ? { folder: join(folder, 'database') } : { url: databaseUrl };
  await expect(openDatabase(place, withMigration(Fails1999000000002))).rejects.toThrow(/no_such_table/);
  await (await openDatabase(place, ormOptions)).close();
  await drop();
  await rm(folder, { recursive: true, force: true });
});
