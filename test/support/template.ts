import { randomUUID } from 'node:crypto';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';

/** A copy of the migrated database of this run: in `folder`, or a database of its own on the PostgreSQL server. */
export async function copyTemplate(
  folder: string,
): Promise<{ databaseUrl: string | null; drop: () => Promise<void> }> {
  const template = inject('template');
  if ('folder' in template) {
    await cp(template.folder, join(folder, 'database'), { recursive: true });
    return { databaseUrl: null, drop: async () => {} };
  }
  const name = `holotype_test_${randomUUID().replaceAll('-', '')}`;
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: template.server });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await run(`CREATE DATABASE "${name}" TEMPLATE "${template.database}"`);
  const url = new URL(template.server);
  url.pathname = `/${name}`;
  return { databaseUrl: url.href, drop: () => run(`DROP DATABASE "${name}" WITH (FORCE)`) };
}
