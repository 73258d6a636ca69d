import { resolve } from 'node:path';
import { DomainError } from '../../kernel/errors.ts';
import { readHolder } from '../../platform/data-folder-lock.ts';
import type { ServerAccess } from '../client/http.ts';
import { resolveToken } from '../client/resolve-token.ts';

export interface AccessOptions {
  readonly server?: string;
  readonly token?: string;
  readonly dataDir?: string;
  readonly json?: boolean;
}

export const DEFAULT_SERVER = 'http://127.0.0.1:4000';

/** Which server to ask, and with which token. */
export async function accessOf(options: AccessOptions): Promise<ServerAccess> {
  const dataDirectory = resolve(options.dataDir ?? '.holotype');
  const server = options.server ?? (await readHolder(dataDirectory))?.url ?? DEFAULT_SERVER;
  if (!/^https?:\/\//.test(server) || !URL.canParse(server))
    throw new DomainError('BAD_INPUT', `--server: "${server}" is no address such as ${DEFAULT_SERVER}.`);
  const { token: given } = options;
  const token = await resolveToken({ token: given, environment: process.env, dataDirectory, server });
  return { server, token };
}
