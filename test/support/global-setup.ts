import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { ormOptions } from '../../ormconfig.ts';
import { compiled, packageFolder } from '../../src/platform/compiled.js';
import { openDatabase } from '../../src/platform/database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A migrated, empty database to copy: a folder, or a database of the server named by HOLOTYPE_TEST_DATABASE_URL. */
    template: { folder: string } | { server: string; database: string };
    /** A folder of the run, for what the first test file that wants it makes for all. */
    madeOnce: string;
  }
}

/**
 * One migrated database is made for the whole run; each test file works on its own copy. Commands and threads, of which
 * hundreds start, are compiled.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (compiled('app/cli/main') === null)
    await promisify(execFile)('npm', ['run', 'build'], { cwd: packageFolder });
  const folder = await mkdtemp(join(tmpdir(), 'holotype-once-'));
  project.provide('madeOnce', folder);
  const server = process.env.HOLOTYPE_TEST_DATABASE_URL;
  const drop = server
    ? await postgresTemplate(project, server)
    : await embeddedTemplate(project, join(folder, 'database'));
  return async () => {
    await drop();
    await rm(folder, { recursive: true, force: true });
  };
}

async function embeddedTemplate(project: TestProject, folder: string): Promise<() => Promise<void>> {
  await (await openDatabase({ folder }, ormOptions)).close();
  project.provide('template', { folder });
  return async () => {};
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
