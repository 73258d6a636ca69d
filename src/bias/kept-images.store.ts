import type { EntityManager } from 'typeorm';
import { BUCKET_COUNT } from '../statistics/unit-bucket.ts';
import { holds } from './subject-pages.store.ts';

/** SQL: the kept images of dataset $1 as of revision $2, as `i`, with their acquisition records, as `a`. */
export const KEPT_IMAGES = `image i
  JOIN acquisition a ON a.dataset_id = i.dataset_id AND a.image_id = i.image_id AND ${holds('a')}
  WHERE i.dataset_id = $1 AND ${holds('i')} AND NOT EXISTS (
    SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND ${holds('e')})`;

/** Temporary tables of one transaction: they need memory, and no compilation pays at their size. */
export async function prepareScan(db: EntityManager): Promise<void> {
  await db.query(`SET LOCAL work_mem = '64MB'`);
  await db.query('SET LOCAL jit = off');
}

export async function makeTemporary(
  db: EntityManager,
  table: string,
  columns: readonly string[],
): Promise<void> {
  await db.query(`DROP TABLE IF EXISTS pg_temp.${table}`);
  await db.query(`CREATE TEMPORARY TABLE ${table} (${columns.join(', ')}) ON COMMIT DROP`);
}

/** With fewer than 50 units each is a bucket of its own (specification §0.3). */
export async function rankFewUnits(db: EntityManager, table: string): Promise<void> {
  const rows: { unit: string }[] = await db.query(
    `SELECT unit FROM ${table} GROUP BY unit ORDER BY unit COLLATE "C" LIMIT ${BUCKET_COUNT}`,
  );
  if (rows.length === BUCKET_COUNT || rows.length === 0) return;
  await db.query(`UPDATE ${table} SET bucket = array_position($1::text[], unit) - 1`, [
    rows.map(({ unit }) => unit),
  ]);
}
