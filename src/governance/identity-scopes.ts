import type { TokenScope } from '../kernel/actor.ts';
import { sha256Hex } from '../kernel/sha256.ts';

const NAMED: Readonly<Record<string, TokenScope>> = {
  'holotype:read': 'READ',
  'holotype:write': 'WRITE',
  'holotype:administer': 'ADMINISTER',
};

/** What a provider's token allows at most: what its scopes say of this server; where they say nothing, all but access and audit. */
export function identityScopes(scopes: readonly string[]): TokenScope[] {
  const named = scopes.flatMap((scope) => NAMED[scope] ?? []);
  return named.length > 0 ? [...new Set(named)] : ['READ', 'WRITE'];
}

/** The name of a principal who first came by a provider: it tells nothing of the person, and two subjects have two. */
export function identityName(issuer: string, subject: string): string {
  return `oidc-${sha256Hex(`${issuer}\0${subject}`).slice(0, 16)}`;
}
