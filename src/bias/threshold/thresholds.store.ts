import type { EntityManager } from 'typeorm';
import { OPEN_REVISION } from '../../kernel/revision.ts';
import type { BiasThresholdRow } from '../bias.tables.ts';
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

/** Opens these limits; those of the same statistic and side that are in force are closed. */
export async function replaceThreshold(
  db: EntityManager,
  at: { datasetId: string; revision: number },
  { statistic, side, amber, red, source }: OwnThreshold,
): Promise<void> {
  await db.query(
    `UPDATE bias_threshold SET until = $4 WHERE dataset_id = $1 AND statistic = $2 AND side = $3 AND until = ${OPEN_REVISION}`,
    [at.datasetId, statistic, side, at.revision],
  );
  await db.query(
    `INSERT INTO bias_threshold (dataset_id, since, statistic, side, amber, red, source) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [at.datasetId, at.revision, statistic, side, Number(amber), Number(red), source],
  );
}
