import pg from 'pg';

/** The SQL statements that this process sends while `work` runs, transactions' own words left out. */
export async function countStatements(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
    const [first] = given;
    const text = typeof first === 'string' ? first : (first as { text: string }).text;
    // The job queue looks for work by itself, whatever is asked.
    if (/\b(FROM|UPDATE|INTO) "?job\b/i.test(text))
      return (query as (...args: unknown[]) => unknown).apply(this, given);
    if (!/^(START TRANSACTION|BEGIN|COMMIT|ROLLBACK)/i.test(text)) statements.push(text);
    return (query as (...args: unknown[]) => unknown).apply(this, given);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return statements;
}
