import type { EntityManager } from 'typeorm';
import type { PrincipalKind, Privilege, Role } from '../kernel/actor.ts';

/** A grant that is in force, as who administers access sees it. */
export interface HeldGrant {
  readonly principalId: string;
  readonly principal: string;
  readonly principalKind: PrincipalKind;
  /** `instance`, or `dataset:<uuid>`. */
  readonly scope: string;
  readonly role: Role | Privilege;
  /** Name of a principal, or `instance` for what was there from the beginning. */
  readonly grantedBy: string;
  readonly grantedAt: Date;
  readonly expiresAt: Date | null;
}

const SELECT = `
  SELECT g.principal_id AS "principalId", p.name AS principal, p.kind AS "principalKind", g.scope, g.role,
         coalesce(b.name, g.granted_by) AS "grantedBy", g.granted_at AS "grantedAt", g.expires_at AS "expiresAt"
  FROM role_grant g JOIN principal p ON p.id = g.principal_id LEFT JOIN principal b ON b.id::text = g.granted_by
  WHERE (g.expires_at IS NULL OR g.expires_at > $2) AND`;
const ORDER = 'ORDER BY g.scope COLLATE "C" DESC, p.name COLLATE "C", g.role COLLATE "C"';

/** What each of these principals or groups was given itself. */
export async function listGrantsOf(
  db: EntityManager,
  principalIds: readonly string[],
  now: Date,
): Promise<HeldGrant[]> {
  return db.query(`${SELECT} g.principal_id = ANY($1::uuid[]) ${ORDER}`, [principalIds, now]);
}

/** What was given on these scopes themselves, and to whom. */
export async function listGrantsOn(
  db: EntityManager,
  scopes: readonly string[],
  now: Date,
): Promise<HeldGrant[]> {
  return db.query(`${SELECT} g.scope = ANY($1::text[]) ${ORDER}`, [scopes, now]);
}

/** What a principal holds, by itself and by its groups. */
export async function listGrantsHeldBy(
  db: EntityManager,
  principalId: string,
  now: Date,
): Promise<HeldGrant[]> {
  return db.query(
    `${SELECT} (g.principal_id = $1 OR g.principal_id IN (
       SELECT m.group_id FROM group_member m
       WHERE m.principal_id = $1 AND (m.expires_at IS NULL OR m.expires_at > $2))) ${ORDER}`,
    [principalId, now],
  );
}
