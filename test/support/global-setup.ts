import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { ormOptions } from '../../ormconfig.ts';
import { openDatabase } from '../../src/platform/database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated, empty database to copy: a folder, or a database of the server named by HOLOTYPE_TEST_DATABASE_URL. */
    template: { folder: string } | { server: string; database: string };
  }
}

/** One migrated database is made for the whole run; each test file works on its own copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.HOLOTYPE_TEST_DATABASE_URL;
  if (server) return postgresTemplate(project, server);
  const folder = await mkdtemp(join(tmpdir(), 'holotype-template-'));
  await (await openDatabase({ folder: join(folder, 'database') }, ormOptions)).close();
  project.provide('template', { folder: join(folder, 'database') });
  return () => rm(folder, { recursive: true, force: true });
}

async function postgresTemplate(project: TestProject, server: string): Promise<() => Promise<void>> {
  const database = `holotype_template_${process.pid}`;
  const url = new URL(server);
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await run(`CREATE DATABASE "${database}"`);
  url.pathname = `/${database}`;
  await (await openDatabase({ url: url.href }, ormOptions)).close();
  project.provide('template', { server, database });
  return () => run(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
}
