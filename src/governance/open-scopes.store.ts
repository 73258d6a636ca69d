import type { EntityManager } from 'typeorm';

/** Opens the scope to every principal from `since` on, for reading with pixels; null closes it. */
export async function setOpenScope(db: EntityManager, scope: string, since: Date | null): Promise<void> {
  if (since === null) {
    await db.query('DELETE FROM open_scope WHERE scope = $1', [scope]);
    return;
  }
  await db.query(
    'INSERT INTO open_scope (scope, since) VALUES ($1, $2) ON CONFLICT (scope) DO UPDATE SET since = excluded.since',
    [scope, since],
  );
}
