import type { EntityManager } from 'typeorm';
import { acquisitionField } from '../../acquisition/acquisition.store.ts';
import { unsealed } from '../../annotation/sealed.store.ts';
import { BUCKET_COUNT } from '../../statistics/unit-bucket.ts';
import { type AtRevision, holds } from '../subjects/subject-pages.store.ts';
import { RATER_FACTORS, type RaterPage } from './rater-page.ts';

const IMAGES_A_PAGE = 5000;

/** The kept images that somebody gave a class, with every look of people, groups and references; none that settled disagreement. */
export async function* scanRaterStatements(db: EntityManager, at: AtRevision): AsyncGenerator<RaterPage> {
  const ranks = await ranksOfFewUnits(db, at);
  const factors = RATER_FACTORS.map(acquisitionField).join(', ');
  for (let after: string | null = null; ; ) {
    const images: (RaterPage['images'][number] & { id: string })[] = await db.query(
      `SELECT i.image_id AS id, replace(i.image_id::text, '-', '') AS image, a.unit, a.unit_known AS "unitKnown", a.bucket,
         json_build_array(${factors}) AS factors, coalesce((
         SELECT json_agg(json_build_object('annotator', n.annotator, 'kind', o.kind, 'label', n.label, 'pass', n.pass, 'votes', n.votes,
             'at', n.annotated_at, 'seconds', n.seconds,
             'order', lpad(n.since::text, 10, '0') || ' ' || coalesce(n.annotated_at, '') || ' ' || n.annotation_id) ORDER BY n.annotation_id)
         FROM annotation n
         JOIN annotator o ON o.dataset_id = n.dataset_id AND o.pseudonym = n.annotator AND ${holds('o')} AND o.kind IN ('HUMAN', 'GROUP', 'REFERENCE')
         LEFT JOIN annotation_round r ON r.dataset_id = n.dataset_id AND r.name = n.round AND ${holds('r')}
         WHERE n.dataset_id = $1 AND n.image_id = i.image_id AND ${holds('n')} AND n.kind = 'CLASS' AND n.label IS NOT NULL
           AND r.purpose IS DISTINCT FROM 'ADJUDICATION' AND ${unsealed('n')}), '[]') AS ratings
       FROM image i
       JOIN acquisition a ON a.dataset_id = i.dataset_id AND a.image_id = i.image_id AND ${holds('a')}
       WHERE i.dataset_id = $1 AND ${holds('i')} AND ($3::uuid IS NULL OR i.image_id > $3::uuid)
         AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND ${holds('e')})
       ORDER BY i.image_id LIMIT ${IMAGES_A_PAGE}`,
      [at.datasetId, at.asOf, after],
    );
    if (images.length > 0)
      yield {
        images: images.map(({ id: _, ...image }) => ({
          ...image,
          bucket: ranks?.get(image.unit) ?? image.bucket,
        })),
      };
    if (images.length < IMAGES_A_PAGE) return;
    after = images.at(-1)!.id;
  }
}

/** With fewer units than buckets each unit is a bucket of its own (specification §0.6); null: there are enough. */
export async function ranksOfFewUnits(
  db: EntityManager,
  at: AtRevision,
): Promise<ReadonlyMap<string, number> | null> {
  const rows: { unit: string }[] = await db.query(
    `SELECT DISTINCT q.unit COLLATE "C" AS unit FROM acquisition q WHERE q.dataset_id = $1 AND ${holds('q')} ORDER BY 1 LIMIT ${BUCKET_COUNT}`,
    [at.datasetId, at.asOf],
  );
  return rows.length < BUCKET_COUNT ? new Map(rows.map(({ unit }, rank) => [unit, rank])) : null;
}
