import type { EntityManager } from 'typeorm';
import type { Actor, Grant, PrincipalKind, Privilege, Role, TokenScope } from '../kernel/actor.ts';

export interface Principal {
  readonly id: string;
  readonly name: string;
  readonly kind: PrincipalKind;
  readonly createdAt: Date;
  /** Since when it is refused; null: it is not. */
  readonly disabledAt: Date | null;
}

const PRINCIPAL = 'id, name, kind, created_at AS "createdAt", disabled_at AS "disabledAt"';

/** What principal `p` holds at the moment `$2`: what it and its groups were given, and what is open to everyone; disabled, nothing. */
export const GRANTS = `coalesce((
  SELECT json_agg(g) FROM (
    SELECT scope, role FROM role_grant
    WHERE (expires_at IS NULL OR expires_at > $2)
      AND (principal_id = p.id OR principal_id IN (
        SELECT group_id FROM group_member
        WHERE principal_id = p.id AND (expires_at IS NULL OR expires_at > $2)))
    UNION ALL SELECT scope, 'READER' FROM open_scope WHERE since <= $2) g WHERE p.disabled_at IS NULL), '[]')`;

/** The actor that a principal is, with every grant it holds; what it may do at most is said by whoever proved who it is. */
export async function findActorOfPrincipal(
  db: EntityManager,
  principalId: string,
  tokenScopes: readonly TokenScope[],
  now: Date,
): Promise<Actor> {
  const [row] = await db.query(`SELECT p.id, p.name, ${GRANTS} AS grants FROM principal p WHERE p.id = $1`, [
    principalId,
    now,
  ]);
  const grants: Grant[] = row.grants;
  return { principalId: row.id, name: row.name, grants, tokenScopes, datasets: null, tokenId: null };
}

export async function findPrincipal(db: EntityManager, name: string): Promise<Principal | null> {
  const [row] = await db.query(`SELECT ${PRINCIPAL} FROM principal WHERE name = $1 AND kind <> 'GROUP'`, [
    name,
  ]);
  return row ?? null;
}

/** The principal or the group of that name. */
export async function findPrincipalOrGroup(db: EntityManager, name: string): Promise<Principal | null> {
  const [row] = await db.query(`SELECT ${PRINCIPAL} FROM principal WHERE name = $1`, [name]);
  return row ?? null;
}

export interface PrincipalFilter {
  readonly kind?: PrincipalKind | null;
  readonly nameContains?: string | null;
}

/** Principals and groups by name. */
export async function listPrincipalRows(
  db: EntityManager,
  { kind = null, nameContains = null }: PrincipalFilter,
  page: { readonly after: string | null; readonly limit: number },
): Promise<Principal[]> {
  return db.query(
    `SELECT ${PRINCIPAL} FROM principal
     WHERE ($1::text IS NULL OR kind = $1) AND ($2::text IS NULL OR strpos(name, lower($2)) > 0)
       AND ($3::text IS NULL OR name COLLATE "C" > $3)
     ORDER BY name COLLATE "C" LIMIT $4`,
    [kind, nameContains, page.after, page.limit],
  );
}

/** The id of the principal or the group of that name: either can hold a grant. */
export async function findGrantee(db: EntityManager, name: string): Promise<string | null> {
  const [row] = await db.query('SELECT id FROM principal WHERE name = $1', [name]);
  return row?.id ?? null;
}

/** Returns null when the name is taken. */
export async function insertPrincipal(
  db: EntityManager,
  principal: Pick<Principal, 'name' | 'kind'>,
  now: Date,
): Promise<Principal | null> {
  const [row] = await db.query(
    `INSERT INTO principal (name, kind, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING RETURNING ${PRINCIPAL}`,
    [principal.name, principal.kind, now],
  );
  return row ?? null;
}

/** Null lets the principal in again; who is disabled already stays so from when it was. */
export async function setDisabled(db: EntityManager, id: string, since: Date | null): Promise<void> {
  await db.query(
    `UPDATE principal SET disabled_at = CASE WHEN $2::timestamptz IS NULL THEN NULL ELSE coalesce(disabled_at, $2) END WHERE id = $1`,
    [id, since],
  );
}

/** Gives a grant; one that is held already takes the new term. */
export async function insertGrant(
  db: EntityManager,
  grant: {
    principalId: string;
    scope: string;
    role: Role | Privilege;
    grantedBy: string;
    expiresAt: Date | null;
  },
  now: Date,
): Promise<void> {
  await db.query(
    `INSERT INTO role_grant (principal_id, scope, role, granted_by, granted_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (principal_id, scope, role) DO UPDATE
     SET granted_by = excluded.granted_by, granted_at = excluded.granted_at, expires_at = excluded.expires_at`,
    [grant.principalId, grant.scope, grant.role, grant.grantedBy, now, grant.expiresAt],
  );
}

export async function deleteGrant(
  db: EntityManager,
  grant: { principalId: string; scope: string; role: Role | Privilege },
): Promise<void> {
  await db.query('DELETE FROM role_grant WHERE principal_id = $1 AND scope = $2 AND role = $3', [
    grant.principalId,
    grant.scope,
    grant.role,
  ]);
}
