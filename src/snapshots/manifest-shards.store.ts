import type { EntityManager } from 'typeorm';
import { insertRows } from '../platform/database.ts';
import type { ManifestShardRow } from './attestations.tables.ts';

/** A manifest shard as a leaf of the tree above the shards. */
export interface ShardSummary {
  /** 64 hexadecimal characters. */
  readonly root: string;
  /** Id of the first image in it that was not withdrawn; null where none is left. */
  readonly firstImage: string | null;
}

/** In order; none before they were first needed. */
export async function listShardSummaries(db: EntityManager, snapshot: string): Promise<ShardSummary[]> {
  const rows: ManifestShardRow[] = await db.query(
    'SELECT * FROM manifest_shard WHERE snapshot = $1 ORDER BY shard',
    [snapshot],
  );
  return rows.map(({ root, first_image }) => ({ root, firstImage: first_image }));
}

/** Keeps them all in one statement; what another request kept meanwhile is the same. */
export async function insertShardSummaries(
  db: EntityManager,
  snapshot: string,
  shards: readonly ShardSummary[],
): Promise<void> {
  await db.transaction(async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`manifest_shard ${snapshot}`]);
    if ((await listShardSummaries(transaction, snapshot)).length > 0) return;
    await insertRows(
      transaction,
      'manifest_shard',
      { snapshot: 'text', shard: 'int', root: 'text', first_image: 'text' },
      shards.map(({ root, firstImage }, shard) => ({ snapshot, shard, root, first_image: firstImage })),
    );
  });
}
