import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';

/** A column: SQL of a row's value when gathered, and of the aggregate of a page of rows, over its name, when handed out. */
export interface GatheredColumn {
  readonly name: string;
  readonly inner: string;
  readonly outer: string;
}

/** The columns of a page; of those alone that any row has a value of. */
export type GatheredRow = Readonly<Record<string, Uint8Array>>;

/** 8 MiB of the gathered table: some twenty thousand images. */
const BLOCKS_A_PAGE = 1024;

/** Everything is read: of fresh tables the planner does not know that, and would loop, or go by an index. No compilation pays. */
const PLANNER = `SET LOCAL enable_nestloop = off; SET LOCAL enable_indexscan = off; SET LOCAL jit = off; SET LOCAL work_mem = '128MB'`;

/** A temporary table on a session of its own: filled by one statement, then handed out in pages. */
export class GatheredTable {
  private readonly name = `pg_temp.bias_${randomUUID().replaceAll('-', '')}`;
  private readonly session;
  private readonly columns: readonly GatheredColumn[];

  constructor(db: EntityManager, columns: readonly GatheredColumn[]) {
    this.session = db.connection.createQueryRunner();
    this.columns = columns;
  }

  /** `query`: the statement with these columns. */
  async gather(query: (columns: string) => string, parameters: readonly unknown[]): Promise<void> {
    const columns = this.columns.map(({ name, inner }) => `${inner} AS ${name}`).join(', ');
    await this.session.startTransaction();
    await this.session.query(PLANNER);
    await this.session.query(`CREATE TEMPORARY TABLE ${this.name} AS ${query(columns)}`, [...parameters]);
    await this.session.commitTransaction();
  }

  async *pages(): AsyncGenerator<GatheredRow> {
    const { session, name } = this;
    const has = this.columns.map((column) => `count(${column.name}) > 0 AS ${column.name}`);
    const [recorded] = await session.query(`SELECT ${has.join(', ')} FROM ${name}`);
    const handedOut = this.columns.filter((column) => recorded[column.name]);
    const [{ blocks }] = await session.query(
      `SELECT (pg_relation_size('${name}') / current_setting('block_size')::int)::int AS blocks`,
    );
    const page = `SELECT count(*)::int AS rows_of_page, ${handedOut.map((column) => `${column.outer} AS ${column.name}`).join(', ')} FROM ${name}
      WHERE ctid >= $1::tid AND ctid < $2::tid`;
    for (let block = 0; block < blocks; block += BLOCKS_A_PAGE) {
      const [row] = await session.query(page, [`(${block},0)`, `(${block + BLOCKS_A_PAGE},0)`]);
      if (row.rows_of_page > 0) yield row;
    }
  }

  async drop(): Promise<void> {
    if (this.session.isTransactionActive) await this.session.rollbackTransaction();
    await this.session.query(`DROP TABLE IF EXISTS ${this.name}`).finally(() => this.session.release());
  }
}
