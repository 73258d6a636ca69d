import { join } from 'node:path';
import { readIfThere } from './read-if-there.ts';

/**
 * The token to send: the one given, else HOLOTYPE_TOKEN, else the `token` file of the local server's data
 * folder, else none.
 */
export async function resolveToken(options: {
  readonly token?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly dataDirectory: string | null;
}): Promise<string | null> {
  const given = options.token ?? options.environment.HOLOTYPE_TOKEN;
  if (given) return given;
  if (options.dataDirectory === null) return null;
  const held = await readIfThere(join(options.dataDirectory, 'token'));
  return held?.toString('utf8').trim() || null;
}
