import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { serveProtocol } from './protocol-server.ts';

/** The embedded PostgreSQL in a thread of its own, so that a long scan leaves the server's event loop free. */
const { dataDirectory, socketPath } = workerData as { dataDirectory: string; socketPath: string };
const database = await PGlite.create(dataDirectory);
const server = await serveProtocol(
  (messages, answer) =>
    database.runExclusive(() => database.execProtocolRawStream(messages, { onRawData: answer })),
  socketPath,
);
parentPort!.postMessage('ready');
parentPort!.on('message', async () => {
  server.close();
  await database.close();
  process.exit(0);
});
