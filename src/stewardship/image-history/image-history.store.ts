import type { EntityManager } from 'typeorm';
import { type ImageAcquisition, toAcquisition } from '../../acquisition/acquisition.store.ts';
import type { AcquisitionRow } from '../../acquisition/acquisition.tables.ts';
import type { AnnotationViewer } from '../../annotation/annotation-viewer.ts';
import { unsealed } from '../../annotation/sealed.store.ts';
import type { ImageChange } from './image-history.ts';

type Moment = { readonly datasetId: string; readonly asOf: number };

/** A change, and of which image. */
export type ChangeOf<C> = C & { readonly imageId: string };

/** What the ledgers of images, exclusions and annotations know of these images up to a revision. */
export async function findLedgerChanges(
  db: EntityManager,
  at: Moment,
  imageIds: readonly string[],
  viewer: AnnotationViewer,
): Promise<ChangeOf<ImageChange>[]> {
  const mine = 'dataset_id = $1 AND image_id = ANY($3::uuid[])';
  return db.query(
    `WITH said AS (
       SELECT image_id, annotator, since, until FROM annotation n
       WHERE ${mine} AND since <= $2 AND ($4::boolean OR annotator = $5::text OR ${unsealed('n')})),
     change AS (
       SELECT image_id, min(since) AS number, 'REGISTERED' AS kind, NULL AS stage, NULL AS reason, NULL AS annotator, NULL::int AS said,
         NULL::int AS superseded
       FROM image WHERE ${mine} AND since <= $2 GROUP BY image_id
       UNION ALL SELECT image_id, since, 'EXCLUDED', stage, reason, NULL, NULL, NULL FROM exclusion WHERE ${mine} AND since <= $2
       UNION ALL SELECT image_id, until, 'READMITTED', NULL, NULL, NULL, NULL, NULL FROM exclusion e WHERE ${mine} AND until <= $2
         AND NOT EXISTS (SELECT 1 FROM exclusion f WHERE f.dataset_id = $1 AND f.image_id = e.image_id AND f.since = e.until)
       UNION ALL SELECT image_id, number, 'LABELLED', NULL, NULL, annotator, sum(said)::int, sum(superseded)::int
       FROM (SELECT image_id, annotator, since AS number, 1 AS said, 0 AS superseded FROM said
             UNION ALL SELECT image_id, annotator, until, 0, 1 FROM said WHERE until <= $2) l
       GROUP BY image_id, annotator, number)
     SELECT replace(c.image_id::text, '-', '') AS "imageId", c.number AS revision, r.at, c.kind, c.stage, c.reason, c.annotator, c.said, c.superseded
     FROM change c JOIN revision r ON r.dataset_id = $1 AND r.number = c.number`,
    [at.datasetId, at.asOf, imageIds, viewer.seesSealed, viewer.pseudonym],
  );
}

/** Every acquisition record that these images had up to a revision, the first first, with the revision that brought it. */
export async function findRecords(
  db: EntityManager,
  at: Moment,
  imageIds: readonly string[],
): Promise<(ImageAcquisition & { readonly revision: number; readonly at: Date })[]> {
  const rows: (AcquisitionRow & { at: Date })[] = await db.query(
    `SELECT a.*, r.at FROM acquisition a JOIN revision r ON r.dataset_id = a.dataset_id AND r.number = a.since
     WHERE a.dataset_id = $1 AND a.since <= $2 AND a.image_id = ANY($3::uuid[]) ORDER BY a.image_id, a.since`,
    [at.datasetId, at.asOf, imageIds],
  );
  return rows.map((row) => ({ ...toAcquisition(row), revision: row.since, at: row.at }));
}
