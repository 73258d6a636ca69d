import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startThread, threadEntry } from './thread.ts';

const PORT = 5432;

export interface EmbeddedDatabase {
  /** A folder with a Unix socket in it: what `pg` calls a host. */
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the embedded PostgreSQL; `dataDirectory` may be `memory://`. Rejects with the cause when it cannot start. */
export async function startEmbeddedDatabase(dataDirectory: string): Promise<EmbeddedDatabase> {
  const host = await mkdtemp(join(tmpdir(), 'holotype-')); // mkdtemp makes it 0700
  const worker = startThread(threadEntry('platform/embedded-database.worker'), {
    dataDirectory,
    socketPath: join(host, `.s.PGSQL.${PORT}`),
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', (code) =>
      reject(new Error(`the embedded database ended with code ${code} while starting`)),
    );
  });
  return {
    host,
    port: PORT,
    async close() {
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage('close');
      await ended;
      await rm(host, { recursive: true, force: true });
    },
  };
}
