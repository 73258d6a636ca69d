import type { EntityManager } from 'typeorm';
import { migrationsOf } from './migrate.ts';

export const DUMP_FORMAT = 'holotype-database/1';

/** The first line of a dump. */
export interface DumpHeader {
  readonly format: typeof DUMP_FORMAT;
  readonly at: string;
  readonly software: Readonly<Record<string, string>>;
  /** What the tables are like, oldest first. */
  readonly migrations: readonly string[];
}

/** Before the rows of a table, each of which is a line with an object of its columns. */
export interface DumpTable {
  readonly table: string;
  readonly columns: readonly string[];
}

/** The last line: a dump without it was cut off. */
export interface DumpEnd {
  readonly rows: Readonly<Record<string, number>>;
}

const ROWS_A_FETCH = 1_000;

/** So that a value is written as it is, whatever the database's settings are. */
const SETTINGS = `
SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL IntervalStyle = 'iso_8601';
SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1`;

/**
 * Every table as JSON lines, all as of one moment: one transaction sees one state of the database. JSON carries what
 * PostgreSQL's own text form would, is named by column, and is read by every version and by the embedded database alike.
 */
export async function dumpDatabase(
  db: EntityManager,
  header: { readonly at: string; readonly software: Readonly<Record<string, string>> },
  write: (lines: string) => Promise<void>,
): Promise<DumpEnd> {
  const migrations = await migrationsOf(db.dataSource);
  return db.transaction('REPEATABLE READ', async (inner) => {
    await inner.query(SETTINGS);
    await write(line({ format: DUMP_FORMAT, ...header, migrations } satisfies DumpHeader));
    const rows: Record<string, number> = {};
    for (const table of tableNames(inner)) rows[table] = await dumpTable(inner, table, write);
    const end: DumpEnd = { rows };
    await write(line(end));
    return end;
  });
}

async function dumpTable(
  db: EntityManager,
  table: string,
  write: (lines: string) => Promise<void>,
): Promise<number> {
  await write(line({ table, columns: await columnsOf(db, table) } satisfies DumpTable));
  await db.query(
    `DECLARE dumped NO SCROLL CURSOR FOR SELECT row_to_json(held)::text AS row FROM "${table}" held`,
  );
  let count = 0;
  for (;;) {
    const rows: { row: string }[] = await db.query(`FETCH ${ROWS_A_FETCH} FROM dumped`);
    if (rows.length === 0) break;
    count += rows.length;
    await write(rows.map(({ row }) => `${row}\n`).join(''));
  }
  await db.query('CLOSE dumped');
  return count;
}

/** Every table of ours; what else lies in the database is not ours to hand out. */
export function tableNames(db: EntityManager): string[] {
  return db.dataSource.entityMetadatas.map(({ tableName }) => tableName).sort();
}

async function columnsOf(db: EntityManager, table: string): Promise<string[]> {
  const rows: { column_name: string }[] = await db.query(
    `SELECT column_name FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position`,
    [table],
  );
  return rows.map(({ column_name }) => column_name);
}

const line = (value: object) => `${JSON.stringify(value)}\n`;
