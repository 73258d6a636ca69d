import type { EntityManager } from 'typeorm';
import type { Actor, Grant, Role, TokenScope } from '../kernel/actor.ts';

export interface Principal {
  readonly id: string;
  readonly name: string;
  readonly kind: 'HUMAN' | 'MACHINE';
}

export interface AccessToken {
  readonly id: string;
  readonly label: string;
  readonly scopes: readonly TokenScope[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** The actor behind a token's hash, with every grant it holds, in one statement; null when the token is not valid now. */
export async function findActor(db: EntityManager, tokenHash: string, now: Date): Promise<Actor | null> {
  const [row] = await db.query(
    `SELECT p.id, p.name, t.scopes,
            coalesce((SELECT json_agg(json_build_object('scope', g.scope, 'role', g.role)) FROM role_grant g WHERE g.principal_id = p.id), '[]') AS grants
     FROM access_token t JOIN principal p ON p.id = t.principal_id
     WHERE t.hash = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $2)`,
    [tokenHash, now],
  );
  if (!row) return null;
  return {
    principalId: row.id,
    name: row.name,
    grants: row.grants as Grant[],
    tokenScopes: row.scopes as TokenScope[],
  };
}

export async function findPrincipal(db: EntityManager, name: string): Promise<Principal | null> {
  const [row] = await db.query('SELECT id, name, kind FROM principal WHERE name = $1', [name]);
  return row ?? null;
}

/** Returns null when the name is taken. */
export async function insertPrincipal(
  db: EntityManager,
  principal: Omit<Principal, 'id'>,
  now: Date,
): Promise<Principal | null> {
  const [row] = await db.query(
    'INSERT INTO principal (name, kind, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING RETURNING id, name, kind',
    [principal.name, principal.kind, now],
  );
  return row ?? null;
}

export async function insertToken(
  db: EntityManager,
  token: {
    principalId: string;
    label: string;
    hash: string;
    scopes: readonly TokenScope[];
    expiresAt: Date | null;
  },
  now: Date,
): Promise<AccessToken> {
  const [row] = await db.query(
    `INSERT INTO access_token (principal_id, label, hash, scopes, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
     RETURNING id, label, scopes, created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"`,
    [token.principalId, token.label, token.hash, token.scopes, now, token.expiresAt],
  );
  return row;
}

/** Revokes; false when no such token is in force. */
export async function revokeTokenRow(db: EntityManager, id: string, now: Date): Promise<boolean> {
  const [rows] = await db.query(
    'UPDATE access_token SET revoked_at = $2 WHERE id::text = $1 AND revoked_at IS NULL RETURNING id',
    [id, now],
  );
  return rows.length > 0;
}

export async function insertGrant(
  db: EntityManager,
  grant: { principalId: string; scope: string; role: Role; grantedBy: string },
  now: Date,
): Promise<void> {
  await db.query(
    `INSERT INTO role_grant (principal_id, scope, role, granted_by, granted_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (principal_id, scope, role) DO NOTHING`,
    [grant.principalId, grant.scope, grant.role, grant.grantedBy, now],
  );
}

export async function deleteGrant(
  db: EntityManager,
  grant: { principalId: string; scope: string; role: Role },
): Promise<void> {
  await db.query('DELETE FROM role_grant WHERE principal_id = $1 AND scope = $2 AND role = $3', [
    grant.principalId,
    grant.scope,
    grant.role,
  ]);
}
