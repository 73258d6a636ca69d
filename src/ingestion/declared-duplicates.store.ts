import type { EntityManager } from 'typeorm';
import { OPEN_REVISION } from '../kernel/revision.ts';
import { insertRows } from '../platform/database.ts';
import type { DuplicateJudgement, DuplicatePair } from './declared-duplicate.ts';

/** Opens these pairs, closing what was said of the same ones before; gives how many were not in force already. */
export async function replaceDeclaredDuplicates(
  db: EntityManager,
  at: { datasetId: string; revision: number },
  pairs: readonly DuplicatePair[],
  source: string,
): Promise<number> {
  const rows = pairs.map(({ first, second, judgement }) => ({
    dataset_id: at.datasetId,
    since: at.revision,
    first_image: first,
    second_image: second,
    judgement,
    source,
  }));
  const given = `jsonb_to_recordset($1::jsonb) AS g(dataset_id uuid, first_image uuid, second_image uuid, judgement text, source text)`;
  const held: { first: string; second: string; same: boolean }[] = await db.query(
    `SELECT replace(d.first_image::text, '-', '') AS first, replace(d.second_image::text, '-', '') AS second,
            d.judgement = g.judgement AND d.source = g.source AS same
     FROM ${given} JOIN declared_duplicate d USING (dataset_id, first_image, second_image) WHERE d.until = ${OPEN_REVISION}`,
    [JSON.stringify(rows)],
  );
  const same = new Set(held.flatMap((pair) => (pair.same ? [keyOf(pair)] : [])));
  const fresh = rows.filter((row) => !same.has(`${row.first_image} ${row.second_image}`));
  await db.query(
    `UPDATE declared_duplicate d SET until = $2 FROM ${given}
     WHERE d.dataset_id = g.dataset_id AND d.first_image = g.first_image AND d.second_image = g.second_image AND d.until = ${OPEN_REVISION}`,
    [JSON.stringify(fresh), at.revision],
  );
  const columns = {
    dataset_id: 'uuid',
    since: 'int',
    first_image: 'uuid',
    second_image: 'uuid',
    judgement: 'text',
    source: 'text',
  };
  await insertRows(db, 'declared_duplicate', columns, fresh);
  return fresh.length;
}

const keyOf = ({ first, second }: { first: string; second: string }) => `${first} ${second}`;

/** Every declared pair as of a revision, by ids. */
export async function listDeclaredDuplicates(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
): Promise<DuplicatePair[]> {
  return db.query(
    `SELECT replace(first_image::text, '-', '') AS first, replace(second_image::text, '-', '') AS second, judgement
     FROM declared_duplicate WHERE dataset_id = $1 AND since <= $2 AND $2 < until ORDER BY first_image, second_image`,
    [at.datasetId, at.asOf],
  );
}

export interface DeclaredDuplicate {
  readonly rowId: string;
  readonly datasetId: string;
  readonly first: string;
  readonly second: string;
  readonly firstName: string | null;
  readonly secondName: string | null;
  readonly judgement: DuplicateJudgement;
  readonly source: string;
  readonly since: number;
}

/** A page of the declared pairs as of a revision, with names, in the order they came. */
export async function listDeclaredDuplicateRows(
  db: EntityManager,
  at: { datasetId: string; asOf: number; after: string | null; limit: number },
): Promise<DeclaredDuplicate[]> {
  const image = (alias: string, id: string) =>
    `LEFT JOIN image ${alias} ON ${alias}.dataset_id = d.dataset_id AND ${alias}.image_id = d.${id} AND ${alias}.since <= $2 AND $2 < ${alias}.until`;
  return db.query(
    `SELECT d.row_id::text AS "rowId", d.dataset_id AS "datasetId", replace(d.first_image::text, '-', '') AS first,
            replace(d.second_image::text, '-', '') AS second, i.name AS "firstName", j.name AS "secondName", d.judgement, d.source, d.since
     FROM declared_duplicate d ${image('i', 'first_image')} ${image('j', 'second_image')}
     WHERE d.dataset_id = $1 AND d.since <= $2 AND $2 < d.until AND d.row_id > coalesce($3::bigint, 0) ORDER BY d.row_id LIMIT $4`,
    [at.datasetId, at.asOf, at.after, at.limit],
  );
}
