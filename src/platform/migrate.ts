import { setTimeout as sleep } from 'node:timers/promises';
import { type DataSource, MigrationExecutor, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Names this product among all that lock on the same PostgreSQL server; any constant does. */
const LOCK = 4_850_126_301;

/** How long a migration waits for a table: who asks for the table meanwhile waits behind it. */
const LOCK_TIMEOUT = '2s';
const PAUSE_MILLISECONDS = 500;
const MOST_ATTEMPTS = 60;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Brings the tables up to date, once however many servers start at the same time: the first one takes the lock of this
 * session, the others wait for it and find nothing left. A migration that cannot have a table at once lets those pass who
 * read it, and tries again.
 */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query(`SELECT pg_advisory_lock(${LOCK})`);
    try {
      await runner.query(`SET lock_timeout = '${LOCK_TIMEOUT}'`);
      await runPending(dataSource, runner);
    } finally {
      await runner.query('RESET lock_timeout');
      await runner.query(`SELECT pg_advisory_unlock(${LOCK})`);
    }
  } finally {
    await runner.release();
  }
}

async function runPending(dataSource: DataSource, runner: QueryRunner): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const executor = new MigrationExecutor(dataSource, runner);
      executor.transaction = dataSource.options.migrationsTransactionMode ?? 'each';
      await executor.executePendingMigrations();
      return;
    } catch (error) {
      if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE || attempt === MOST_ATTEMPTS) throw error;
      await sleep(PAUSE_MILLISECONDS);
    }
  }
}

/** The migrations that this database has had, oldest first. */
export async function migrationsOf(dataSource: DataSource): Promise<string[]> {
  const rows: { name: string }[] = await dataSource.query(
    'SELECT name FROM migrations ORDER BY timestamp, id',
  );
  return rows.map(({ name }) => name);
}

/** The migrations that this software knows and this database has not had. */
export async function missingMigrations(dataSource: DataSource): Promise<string[]> {
  const had = new Set(await migrationsOf(dataSource));
  return dataSource.migrations.map(nameOf).filter((name) => !had.has(name));
}

function nameOf(migration: MigrationInterface): string {
  return migration.name ?? migration.constructor.name;
}
