import { AsyncLocalStorage } from 'node:async_hooks';
import { Server } from 'node:http';
import pg from 'pg';

/**
 * The SQL statements that this process sends for `work` and to answer what it asks over HTTP, transactions' own words left out.
 * What the server looks for by itself meanwhile (jobs, webhooks that are due) is nobody's request and is not counted.
 */
export async function countStatements(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const answering = new AsyncLocalStorage<true>();
  const { emit } = Server.prototype;
  const { query } = pg.Client.prototype;
  Server.prototype.emit = function answered(this: Server, event: string | symbol, ...given: unknown[]) {
    const pass = () => Reflect.apply(emit, this, [event, ...given]) as boolean;
    return event === 'request' ? answering.run(true, pass) : pass();
  } as typeof emit;
  pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
    const [first] = given;
    const text = typeof first === 'string' ? first : (first as { text: string }).text;
    if (answering.getStore() && !/^(START TRANSACTION|BEGIN|COMMIT|ROLLBACK)/i.test(text))
      statements.push(text);
    return Reflect.apply(query, this, given);
  } as typeof query;
  try {
    await answering.run(true, work);
  } finally {
    pg.Client.prototype.query = query;
    Server.prototype.emit = emit;
  }
  if (statements.length === 0)
    throw new Error('Nothing was asked of the database, so nothing is shown by counting.');
  return statements;
}
