import type { EntityManager } from 'typeorm';
import type { ManifestShardRow } from './attestations.tables.ts';

/** A manifest shard as a leaf of the tree above the shards. */
export interface ShardSummary {
  /** 64 hexadecimal characters. */
  readonly root: string;
  /** Id of the first image in it that was not withdrawn; null where none is left. */
  readonly firstImage: string | null;
}

/** Of each snapshot, by its digest, in order; a snapshot is not among them before they were first needed. */
export async function listShardSummaries(
  db: EntityManager,
  snapshots: readonly string[],
): Promise<Map<string, ShardSummary[]>> {
  const rows: ManifestShardRow[] = await db.query(
    'SELECT * FROM manifest_shard WHERE snapshot = ANY($1) ORDER BY snapshot, shard',
    [snapshots],
  );
  const held = new Map<string, ShardSummary[]>();
  for (const { snapshot, root, first_image } of rows)
    held.set(snapshot, [...(held.get(snapshot) ?? []), { root, firstImage: first_image }]);
  return held;
}

/** Keeps them all in one statement, in one order for whoever writes; what another request kept meanwhile is the same. */
export async function insertShardSummaries(
  db: EntityManager,
  summaries: ReadonlyMap<string, readonly ShardSummary[]>,
): Promise<void> {
  const rows = [...summaries].flatMap(([snapshot, shards]) =>
    shards.map(({ root, firstImage }, shard) => ({ snapshot, shard, root, first_image: firstImage })),
  );
  await db.query(
    `INSERT INTO manifest_shard (snapshot, shard, root, first_image)
     SELECT * FROM jsonb_to_recordset($1::jsonb) AS given(snapshot text, shard int, root text, first_image text)
     ORDER BY snapshot, shard ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}
