import type { EntityManager } from 'typeorm';
import { OPEN_REVISION } from '../kernel/revision.ts';
import { insertRows } from '../platform/database.ts';
import type { TargetShareRow } from './bias.tables.ts';
import type { AtRevision } from './subjects.store.ts';
import type { TargetPopulation } from './target-population.ts';

/** The target populations as of a revision, by name. */
export async function listTargets(db: EntityManager, at: AtRevision): Promise<TargetPopulation[]> {
  const rows: TargetShareRow[] = await db.query(
    `SELECT target, source, dated, factor, level, share FROM target_share WHERE dataset_id = $1 AND since <= $2 AND $2 < until
     ORDER BY target COLLATE "C", factor COLLATE "C", level COLLATE "C"`,
    [at.datasetId, at.asOf],
  );
  const targets = new Map<
    string,
    TargetPopulation & { shares: { factor: string; level: string; share: string }[] }
  >();
  for (const { target: name, source, dated, factor, level, share } of rows) {
    const held = targets.get(name) ?? { datasetId: at.datasetId, name, source, dated, shares: [] };
    targets.set(name, held);
    held.shares.push({ factor, level, share });
  }
  return [...targets.values()];
}

/** Opens this target; one of the same name in force is closed. */
export async function replaceTarget(
  db: EntityManager,
  at: { datasetId: string; revision: number },
  target: Omit<TargetPopulation, 'datasetId'>,
): Promise<void> {
  await db.query(
    `UPDATE target_share SET until = $3 WHERE dataset_id = $1 AND target = $2 AND until = ${OPEN_REVISION}`,
    [at.datasetId, target.name, at.revision],
  );
  const { name, source, dated } = target;
  const columns = {
    dataset_id: 'uuid',
    since: 'int',
    target: 'text',
    factor: 'text',
    level: 'text',
    share: 'text',
    source: 'text',
    dated: 'text',
  };
  const rows = target.shares.map((share) => ({
    dataset_id: at.datasetId,
    since: at.revision,
    target: name,
    source,
    dated,
    ...share,
  }));
  await insertRows(db, 'target_share', columns, rows);
}
