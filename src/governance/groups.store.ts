import type { EntityManager } from 'typeorm';

/** Returns null when the name is taken, by a principal or by a group. */
export async function insertGroup(db: EntityManager, name: string, now: Date): Promise<string | null> {
  const [row] = await db.query(
    `INSERT INTO principal (name, kind, created_at) VALUES ($1, 'GROUP', $2)
     ON CONFLICT (name) DO NOTHING RETURNING id`,
    [name, now],
  );
  return row?.id ?? null;
}

export async function findGroup(db: EntityManager, name: string): Promise<string | null> {
  const [row] = await db.query("SELECT id FROM principal WHERE name = $1 AND kind = 'GROUP'", [name]);
  return row?.id ?? null;
}

/** Adds a member; who is one already takes the new term. */
export async function upsertMember(
  db: EntityManager,
  member: { groupId: string; principalId: string; expiresAt: Date | null },
  now: Date,
): Promise<void> {
  await db.query(
    `INSERT INTO group_member (group_id, principal_id, added_at, expires_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (group_id, principal_id) DO UPDATE
     SET added_at = excluded.added_at, expires_at = excluded.expires_at`,
    [member.groupId, member.principalId, now, member.expiresAt],
  );
}

export async function deleteMember(
  db: EntityManager,
  member: { groupId: string; principalId: string },
): Promise<void> {
  await db.query('DELETE FROM group_member WHERE group_id = $1 AND principal_id = $2', [
    member.groupId,
    member.principalId,
  ]);
}

/** A principal in a group. */
export interface Membership {
  readonly groupId: string;
  readonly principalId: string;
  readonly group: string;
  readonly principal: string;
  readonly expiresAt: Date | null;
}

/** The memberships in force of several groups, or of several principals. */
export async function listMemberships(
  db: EntityManager,
  of: { readonly side: 'group' | 'principal'; readonly ids: readonly string[] },
  now: Date,
): Promise<Membership[]> {
  const column = of.side === 'group' ? 'm.group_id' : 'm.principal_id';
  return db.query(
    `SELECT m.group_id AS "groupId", m.principal_id AS "principalId", g.name AS "group", p.name AS principal, m.expires_at AS "expiresAt"
     FROM group_member m JOIN principal g ON g.id = m.group_id JOIN principal p ON p.id = m.principal_id
     WHERE ${column} = ANY($1::uuid[]) AND (m.expires_at IS NULL OR m.expires_at > $2)
     ORDER BY g.name COLLATE "C", p.name COLLATE "C"`,
    [of.ids, now],
  );
}
