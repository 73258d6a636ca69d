import { accepted, ask, PROBLEM } from './graphql.ts';
import type { ServerAccess } from './http.ts';

/** A token without its secret. */
export interface ToldToken {
  readonly id: string;
  readonly label: string;
  readonly scopes: readonly string[];
  /** Null: all datasets that its principal may know. */
  readonly datasets: readonly string[] | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

export interface IssuedToken {
  /** The secret. */
  readonly token: string;
  readonly accessToken: ToldToken;
}

export const TOKEN_FIELDS = 'id label scopes datasets createdAt expiresAt lastUsedAt';
const ISSUED = `... on IssuedToken { token accessToken { ${TOKEN_FIELDS} } } ${PROBLEM}`;

/** One's own tokens in force. */
export async function listOwnTokens(access: ServerAccess): Promise<readonly ToldToken[]> {
  const query = `query Tokens { viewer { tokens { ${TOKEN_FIELDS} } } }`;
  return (await ask<{ viewer: { tokens: ToldToken[] } }>(access, query)).viewer.tokens;
}

/** A secret that was lost on the way is no one's: these two are never tried again by themselves. */
const once = (access: ServerAccess): ServerAccess => ({ ...access, retry: { times: 0, firstDelayMs: 0 } });

export async function issueToken(
  access: ServerAccess,
  input: {
    readonly principal: string | null;
    readonly label: string;
    readonly scopes: readonly string[];
    readonly datasets: readonly string[] | null;
    readonly expiresAt: string | null;
  },
): Promise<IssuedToken> {
  const query = `mutation Issue($input: IssueTokenInput!) { issued: issueToken(input: $input) { ${ISSUED} } }`;
  return accepted((await ask<{ issued: IssuedToken }>(once(access), query, { input })).issued);
}

export async function rotateToken(
  access: ServerAccess,
  input: { readonly id: string; readonly graceMinutes: number },
): Promise<IssuedToken> {
  const query = `mutation Rotate($input: RotateTokenInput!) { issued: rotateToken(input: $input) { ${ISSUED} } }`;
  return accepted((await ask<{ issued: IssuedToken }>(once(access), query, { input })).issued);
}

export async function revokeToken(access: ServerAccess, id: string): Promise<void> {
  const query = `mutation Revoke($input: RevokeTokenInput!) { revoked: revokeToken(input: $input) { __typename ${PROBLEM} } }`;
  accepted((await ask<{ revoked: object }>(access, query, { input: { id } })).revoked);
}
