import type { EntityManager } from 'typeorm';

export interface Deprecation {
  readonly snapshot: string;
  readonly reason: string;
  readonly successor: string | null;
  readonly deprecatedAt: Date;
}

/** Deprecates; false when it was before. */
export async function insertDeprecation(
  db: EntityManager,
  deprecation: Deprecation & { principalId: string },
): Promise<boolean> {
  const rows = await db.query(
    `INSERT INTO snapshot_deprecation (snapshot, reason, successor, principal_id, deprecated_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (snapshot) DO NOTHING RETURNING snapshot`,
    [
      deprecation.snapshot,
      deprecation.reason,
      deprecation.successor,
      deprecation.principalId,
      deprecation.deprecatedAt,
    ],
  );
  if (rows.length === 0) return false;
  await db.query(`UPDATE snapshot SET state = 'DEPRECATED' WHERE digest = $1 AND state = 'PUBLISHED'`, [
    deprecation.snapshot,
  ]);
  return true;
}

export async function findDeprecations(
  db: EntityManager,
  digests: readonly string[],
): Promise<Deprecation[]> {
  return db.query(
    'SELECT snapshot, reason, successor, deprecated_at AS "deprecatedAt" FROM snapshot_deprecation WHERE snapshot = ANY($1)',
    [digests],
  );
}
