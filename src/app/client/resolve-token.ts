import { join } from 'node:path';
import { readIfThere } from './read-if-there.ts';

/**
 * The token to send: the one given, else HOLOTYPE_TOKEN, else the `admin-token` file of the local server's data
 * folder, else none. The file's token goes to a loopback server alone, never over a network.
 */
export async function resolveToken(options: {
  readonly token?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly dataDirectory: string | null;
  readonly server: string;
}): Promise<string | null> {
  const given = options.token ?? options.environment.HOLOTYPE_TOKEN;
  if (given) return given;
  if (options.dataDirectory === null || !isLoopback(options.server)) return null;
  const held = await readIfThere(join(options.dataDirectory, 'admin-token'));
  return held?.toString('utf8').trim() || null;
}

function isLoopback(server: string): boolean {
  const host = URL.canParse(server) ? new URL(server).hostname : '';
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
