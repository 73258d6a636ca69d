import type { EntityManager } from 'typeorm';
import { unsealed } from '../../annotation/sealed.store.ts';
import { ranksOfFewUnits } from '../raters/rater-statements.store.ts';
import { type AtRevision, holds } from '../subjects/subject-pages.store.ts';
import type { ShapePage } from './shape-page.ts';

const IMAGES_A_PAGE = 500;

/** SQL: statements that tell where things are, or that nothing is; people's and references', first looks, none that settled disagreement. */
const STATEMENTS = `annotation n
  JOIN annotator a ON a.dataset_id = n.dataset_id AND a.pseudonym = n.annotator AND ${holds('a')} AND a.kind IN ('HUMAN', 'REFERENCE')
  LEFT JOIN annotation_round r ON r.dataset_id = n.dataset_id AND r.name = n.round AND ${holds('r')}
  WHERE n.dataset_id = $1 AND ${holds('n')} AND (n.geometry IS NOT NULL OR n.kind = 'EMPTY') AND n.pass = 1
    AND r.purpose IS DISTINCT FROM 'ADJUDICATION' AND ${unsealed('n')}`;

/** The kept images of which two or more told where things are, a page at a time in the order of their ids. */
export async function* scanShapes(db: EntityManager, at: AtRevision): AsyncGenerator<ShapePage> {
  const ranks = await ranksOfFewUnits(db, at);
  for (let after: string | null = null; ; ) {
    const images: (ShapePage['images'][number] & { id: string })[] = await db.query(
      `SELECT i.image_id AS id, replace(i.image_id::text, '-', '') AS image, q.unit, q.unit_known AS "unitKnown", q.bucket, i.width, i.height, s.raters
       FROM (SELECT DISTINCT n.image_id FROM ${STATEMENTS} AND ($3::uuid IS NULL OR n.image_id > $3::uuid) ORDER BY n.image_id LIMIT ${IMAGES_A_PAGE}) p
       JOIN image i ON i.dataset_id = $1 AND i.image_id = p.image_id AND ${holds('i')}
       JOIN acquisition q ON q.dataset_id = $1 AND q.image_id = p.image_id AND ${holds('q')}
       JOIN LATERAL (SELECT json_agg(json_build_object('annotator', annotator, 'kind', kind, 'statements', statements) ORDER BY annotator COLLATE "C") AS raters
         FROM (SELECT n.annotator, a.kind, json_agg(json_build_object('kind', n.kind, 'label', n.label, 'geometry', n.geometry) ORDER BY n.annotation_id) AS statements
               FROM ${STATEMENTS} AND n.image_id = p.image_id GROUP BY n.annotator, a.kind) g) s ON true
       ORDER BY i.image_id`,
      [at.datasetId, at.asOf, after],
    );
    if (images.length === 0) return;
    const excluded = await excludedOf(
      db,
      at,
      images.map(({ id }) => id),
    );
    yield {
      images: images
        .filter(({ id, raters }) => !excluded.has(id) && raters.length > 1)
        .map(({ id: _, ...image }) => ({ ...image, bucket: ranks?.get(image.unit) ?? image.bucket })),
    };
    after = images.at(-1)!.id;
  }
}

async function excludedOf(
  db: EntityManager,
  at: AtRevision,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows: { id: string }[] = await db.query(
    `SELECT e.image_id AS id FROM exclusion e WHERE e.dataset_id = $1 AND ${holds('e')} AND e.image_id = ANY($3::uuid[])`,
    [at.datasetId, at.asOf, ids],
  );
  return new Set(rows.map(({ id }) => id));
}
