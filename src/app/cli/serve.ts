import { DomainError } from '../../kernel/errors.ts';
import { type Configuration, readConfiguration } from '../configuration.ts';
import { type RunningServer, startServer } from '../server.ts';
import { print } from './print.ts';

interface ServeOptions {
  readonly port?: string;
  readonly host?: string;
  readonly dataDir?: string;
  readonly demo?: boolean;
}

/** Starts the server and runs until SIGINT or SIGTERM; a second one stops it at once. */
export async function serve(options: ServeOptions): Promise<void> {
  const { demo, ...given } = options;
  const configuration = readConfiguration(given, process.env);
  const started = start(configuration);
  stopOnSignals(started);
  const server = await started;
  print(`Holotype listens at ${server.url} (GraphQL at ${server.url}/graphql)`);
  print(`The administrator’s token is in ${server.tokenFile}`);
  if (!demo) return;
  try {
    await (await import('./serve-demo.ts')).serveDemo(server, configuration);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function start(configuration: Configuration): Promise<RunningServer> {
  try {
    return await startServer(configuration);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const place = `port ${configuration.port} of ${configuration.host}`;
    if (code === 'EADDRINUSE')
      throw new DomainError(
        'BAD_CONFIGURATION',
        `PORT: ${place} is taken; stop what listens there, or give --port.`,
      );
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new DomainError(
        'BAD_CONFIGURATION',
        `HOST, PORT: ${place} cannot be listened to (${code}); give others.`,
      );
    throw error;
  }
}

function stopOnSignals(started: Promise<RunningServer>): void {
  let isStopping = false;
  const stop = async () => {
    if (isStopping) process.exit(130);
    isStopping = true;
    const server = await started.catch(() => null);
    await server?.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}
