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

/** Classes of several datasets, each as of its own revision, in one statement; in the order asked. */
export async function listLabelSchemas(
  db: EntityManager,
  moments: readonly { datasetId: string; asOf: number }[],
): Promise<LabelClass[][]> {
  const rows: (LabelClass & { place: number })[] = await db.query(
    `SELECT m.place::int AS place, c.dataset_id AS "datasetId", c.name, c.iri, c.position
     FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY AS m(dataset_id, as_of, place)
     JOIN label_class c ON c.dataset_id = m.dataset_id AND c.since <= m.as_of AND m.as_of < c.until
     ORDER BY m.place, c.position`,
    [moments.map(({ datasetId }) => datasetId), moments.map(({ asOf }) => asOf)],
  );
  return moments.map((_, index) => rows.filter(({ place }) => place === index + 1));
}
