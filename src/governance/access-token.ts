import { randomBytes } from 'node:crypto';
import { sha256Hex } from '../kernel/sha256.ts';

const PREFIX = 'holotype_';

/** Whether it has the form of a token that this server gave. */
export const isOwnToken = (token: string): boolean => token.startsWith(PREFIX);

/** 256 random bits behind a prefix that secret scanners can find. Shown once; only its hash is kept. */
export function newAccessToken(random: (size: number) => Buffer = randomBytes): {
  token: string;
  hash: string;
} {
  const token = `${PREFIX}${random(32).toString('base64url')}`;
  return { token, hash: sha256Hex(token) };
}

/** The token in an Authorization header: Bearer, or HTTP Basic with the token as password (formats.md §5.7). */
export function tokenOf(authorization: string | undefined): string | null {
  const [scheme, value] = (authorization ?? '').split(' ', 2);
  if (!value) return null;
  if (/^bearer$/i.test(scheme!)) return value;
  if (!/^basic$/i.test(scheme!)) return null;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1) || null;
}
