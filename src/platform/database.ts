import 'reflect-metadata';
import { DataSource, type DataSourceOptions, type EntityManager } from 'typeorm';
import { startEmbeddedDatabase } from './embedded-database.ts';
import { migrate } from './migrate.ts';

export interface Database {
  readonly db: EntityManager;
  readonly dataSource: DataSource;
  close(): Promise<void>;
}

/** Opens a PostgreSQL server, or the embedded one where only a folder is given, and brings its tables up to date. */
export async function openDatabase(
  place: { url: string } | { folder: string },
  options: (address: { url: string } | { host: string; port: number }) => DataSourceOptions,
): Promise<Database> {
  const embedded = 'folder' in place ? await startEmbeddedDatabase(place.folder) : null;
  const dataSource = new DataSource(options('url' in place ? place : embedded!));
  try {
    await dataSource.initialize();
    await migrate(dataSource);
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    await embedded?.close();
    throw error;
  }
  return {
    db: dataSource.manager,
    dataSource,
    async close() {
      await dataSource.destroy();
      await embedded?.close();
    },
  };
}

const ROWS_A_STATEMENT = 5_000;

/**
 * Set-wise insert: one statement for thousands of rows, whatever their number of columns. `columns` maps each column
 * to its PostgreSQL type. Table and column names come from code, never from a request.
 */
export async function insertRows(
  db: EntityManager,
  table: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly object[],
): Promise<void> {
  const names = Object.keys(columns).map((name) => `"${name}"`);
  const record = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
  const sql = `INSERT INTO "${table}" (${names}) SELECT ${names} FROM jsonb_to_recordset($1::jsonb) AS given(${record})`;
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    await db.query(sql, [JSON.stringify(rows.slice(at, at + ROWS_A_STATEMENT))]);
  }
}
