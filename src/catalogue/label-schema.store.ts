import type { EntityManager } from 'typeorm';
import { OPEN_REVISION } from '../kernel/revision.ts';
import { insertRows } from '../platform/database.ts';
import type { LabelClass } from './label-schema.ts';

export async function listLabelClasses(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
): Promise<LabelClass[]> {
  return db.query(
    `SELECT dataset_id AS "datasetId", name, iri, position FROM label_class WHERE dataset_id = $1 AND since <= $2 AND $2 < until ORDER BY position`,
    [at.datasetId, at.asOf],
  );
}

export async function changeLabelClasses(
  db: EntityManager,
  at: { datasetId: string; revision: number },
  changes: {
    close: readonly string[];
    open: readonly { name: string; iri: string | null; position: number }[];
  },
): Promise<void> {
  await db.query(
    `UPDATE label_class SET until = $2 WHERE dataset_id = $1 AND until = ${OPEN_REVISION} AND name = ANY($3)`,
    [at.datasetId, at.revision, changes.close],
  );
  await insertRows(
    db,
    'label_class',
    { dataset_id: 'uuid', since: 'int', name: 'text', iri: 'text', position: 'int' },
    changes.open.map((row) => ({ dataset_id: at.datasetId, since: at.revision, ...row })),
  );
}
