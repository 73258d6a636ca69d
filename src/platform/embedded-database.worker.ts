import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** The embedded PostgreSQL in a thread of its own, so that a long scan leaves the server's event loop free. */
const { dataDirectory, socketPath } = workerData as { dataDirectory: string; socketPath: string };
const database = await PGlite.create(dataDirectory);
const server = new PGLiteSocketServer({ db: database, path: socketPath, maxConnections: 64 });
await server.start();
parentPort!.postMessage('ready');
parentPort!.on('message', async () => {
  await server.stop();
  await database.close();
  process.exit(0);
});
