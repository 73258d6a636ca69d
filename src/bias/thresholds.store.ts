import type { EntityManager } from 'typeorm';
import type { BiasThresholdRow } from './bias.tables.ts';
import type { OwnThreshold } from './own-threshold.ts';

/** The limits that a dataset has set for itself as of a revision, by statistic and side. */
export async function listThresholds(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
): Promise<OwnThreshold[]> {
  const rows: BiasThresholdRow[] = await db.query(
    `SELECT * FROM bias_threshold WHERE dataset_id = $1 AND since <= $2 AND $2 < until
     ORDER BY statistic COLLATE "C", side COLLATE "C"`,
    [at.datasetId, at.asOf],
  );
  return rows.map(({ statistic, side, amber, red, source }) => ({
    statistic: statistic as OwnThreshold['statistic'],
    side: side as OwnThreshold['side'],
    amber: String(amber),
    red: String(red),
    source,
  }));
}
