import { DomainError } from './errors.ts';

/** Relay's opaque identity: base64url of `Type:key`. */
export function toGlobalId(type: string, key: string): string {
  return Buffer.from(`${type}:${key}`, 'utf8').toString('base64url');
}

export function fromGlobalId(id: string): { type: string; key: string } {
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1 || text.includes('\0'))
    throw new DomainError('BAD_INPUT', `"${id}" is not an id of this server; use ids as they were returned.`);
  return { type: text.slice(0, colon), key: text.slice(colon + 1) };
}
