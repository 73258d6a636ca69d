import type { EntityManager } from 'typeorm';
import { DomainError } from '../kernel/errors.ts';
import { type DumpEnd, type DumpTable, tableNames } from './database-dump.ts';

const MOST_ROWS = 1_000;
const MOST_CHARACTERS = 4 * 2 ** 20;

/** Whether anybody has been let in: the first thing that a server writes is its first administrator. */
export async function isUntouched(db: EntityManager): Promise<boolean> {
  const [{ there }] = await db.query("SELECT to_regclass('principal') IS NOT NULL AS there");
  if (!there) return true;
  const [{ rows }] = await db.query('SELECT count(*)::int AS rows FROM principal');
  return rows === 0;
}

/**
 * Writes a dump's rows as they were, ids and all, into a migrated database that nobody has used; all or nothing. Triggers
 * that refuse to touch what is frozen rest meanwhile: the owner of the tables may say so, no superuser is needed.
 */
export async function loadDump(db: EntityManager, lines: AsyncIterable<string>): Promise<DumpEnd> {
  return db.transaction(async (inner) => {
    const tables = tableNames(inner);
    for (const table of tables)
      await inner.query(`ALTER TABLE "${table}" DISABLE TRIGGER USER; DELETE FROM "${table}"`);
    const end = await loadLines(inner, new Set(tables), lines);
    for (const table of tables) {
      await restartIdentity(inner, table);
      await inner.query(`ALTER TABLE "${table}" ENABLE TRIGGER USER`);
    }
    return end;
  });
}

async function loadLines(
  db: EntityManager,
  tables: ReadonlySet<string>,
  lines: AsyncIterable<string>,
): Promise<DumpEnd> {
  const written: Record<string, number> = {};
  let at: DumpTable | null = null;
  let held: string[] = [];
  let characters = 0;
  const flush = async () => {
    if (at === null || held.length === 0) return;
    await insertRows(db, at, `[${held.join(',')}]`);
    written[at.table] = (written[at.table] ?? 0) + held.length;
    [held, characters] = [[], 0];
  };
  for await (const text of lines) {
    const head = headOf(text);
    if (head === null) {
      if (at === null) throw malformed('a row stands before any table');
      held.push(text);
      characters += text.length;
      if (held.length === MOST_ROWS || characters >= MOST_CHARACTERS) await flush();
      continue;
    }
    await flush();
    if ('rows' in head) return checkedEnd(head, written);
    if (!tables.has(head.table)) throw malformed(`it has a table "${head.table}", which is unknown here`);
    at = head;
  }
  throw malformed('it has no end; it was cut off');
}

/** No row begins like this: its members are its columns, in order, and no table of ours has such a first two. */
function headOf(text: string): DumpTable | DumpEnd | null {
  if (/^\{"table":"\w+","columns":\[/.test(text)) return JSON.parse(text) as DumpTable;
  if (/^\{"rows":\{/.test(text)) return JSON.parse(text) as DumpEnd;
  return null;
}

async function insertRows(db: EntityManager, { table, columns }: DumpTable, rows: string): Promise<void> {
  const names = columns.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ');
  await db.query(
    `INSERT INTO "${table}" (${names}) OVERRIDING SYSTEM VALUE
     SELECT ${names} FROM json_populate_recordset(NULL::"${table}", $1::json)`,
    [rows],
  );
}

function checkedEnd(end: DumpEnd, written: Readonly<Record<string, number>>): DumpEnd {
  for (const [table, count] of Object.entries(end.rows))
    if ((written[table] ?? 0) !== count)
      throw malformed(`"${table}" has ${written[table] ?? 0} rows of ${count}`);
  return end;
}

/** The next row gets the number after the last one that was ever restored. */
async function restartIdentity(db: EntityManager, table: string): Promise<void> {
  const columns: { name: string }[] = await db.query(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = $1 AND is_identity = 'YES'`,
    [table],
  );
  for (const { name } of columns)
    await db.query(
      `SELECT setval(pg_get_serial_sequence('"${table}"', '${name}'), coalesce(max("${name}"), 1), max("${name}") IS NOT NULL)
       FROM "${table}"`,
    );
}

function malformed(what: string): DomainError {
  return new DomainError('MALFORMED_FILE', `The dump of the database cannot be restored: ${what}.`);
}
