import type { EntityManager } from 'typeorm';
import { KEPT_IMAGES, makeTemporary, prepareScan, rankFewUnits } from './kept-images.store.ts';
import type { ItemsByRatings, PairedRatingsRow } from './paired-ratings.ts';
import { type AtRevision, holds } from './subject-pages.store.ts';

/** SQL: the classes people gave to whole images; models and derived labels are no raters. */
const RATINGS = `annotation n WHERE n.dataset_id = $1 AND ${holds('n')} AND n.kind = 'CLASS' AND n.label IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM annotator o WHERE o.dataset_id = n.dataset_id AND o.pseudonym = n.annotator AND ${holds('o')} AND o.kind <> 'HUMAN')`;

/**
 * Fills `bias_rating` with the latest label of each rater on each kept image, then counts who said what beside whom. Needs
 * a transaction.
 */
export async function countRatings(db: EntityManager, at: AtRevision) {
  await prepareScan(db);
  const of = [at.datasetId, at.asOf];
  const classes = await namesOf(db, 'label', of);
  const raters = await namesOf(db, 'annotator', of);
  await makeTemporary(db, 'bias_kept', ['image_id uuid, unit text, unit_known boolean, bucket smallint']);
  await db.query(
    `INSERT INTO bias_kept SELECT i.image_id, a.unit, a.unit_known, a.bucket FROM ${KEPT_IMAGES}`,
    of,
  );
  await makeTemporary(db, 'bias_rating', [
    'image_id uuid, unit text, bucket smallint, rater int, label int, ratings int, given int',
  ]);
  await db.query(
    `INSERT INTO bias_rating
     SELECT image_id, unit, bucket, rater, label, count(*) OVER (PARTITION BY image_id), given FROM (
       SELECT DISTINCT ON (n.image_id, n.annotator) n.image_id, n.unit, n.bucket, r.place - 1 AS rater, l.place - 1 AS label,
              count(*) OVER (PARTITION BY n.image_id, n.annotator) AS given
       FROM (SELECT n.image_id, n.annotator, n.label, n.since, n.annotated_at, n.annotation_id, k.unit, k.bucket
             FROM (SELECT * FROM ${RATINGS}) n JOIN bias_kept k USING (image_id)) n
       JOIN unnest($3::text[]) WITH ORDINALITY r(name, place) ON r.name = n.annotator
       JOIN unnest($4::text[]) WITH ORDINALITY l(name, place) ON l.name = n.label
       ORDER BY n.image_id, n.annotator, n.since DESC, n.annotated_at COLLATE "C" DESC NULLS LAST, n.annotation_id DESC) latest`,
    [...of, raters, classes],
  );
  const { population, overlap, superseded } = await countItems(db);
  await db.query('DELETE FROM bias_rating WHERE ratings < 2');
  await rankFewUnits(db, 'bias_rating');
  const units = await countRatedUnits(db, raters.length);
  return {
    population,
    classes,
    raters,
    overlap,
    supersededRatings: superseded,
    ...units,
    pairs: await countPairs(db),
  };
}

async function namesOf(
  db: EntityManager,
  column: 'label' | 'annotator',
  of: readonly unknown[],
): Promise<string[]> {
  const rows: { name: string }[] = await db.query(
    `SELECT n.${column} AS name FROM ${RATINGS} GROUP BY 1 ORDER BY n.${column} COLLATE "C"`,
    [...of],
  );
  return rows.map(({ name }) => name);
}

async function countItems(db: EntityManager) {
  const [{ images, units, strangers }] = await db.query(
    `SELECT count(*)::int AS images, count(DISTINCT unit)::int AS units, (count(*) FILTER (WHERE NOT unit_known))::int AS strangers FROM bias_kept`,
  );
  const rated: ItemsByRatings[] = await db.query(
    'SELECT ratings, (count(*) / ratings)::int AS images FROM bias_rating GROUP BY ratings ORDER BY ratings',
  );
  const [{ superseded }] = await db.query(
    'SELECT coalesce(sum(given - 1), 0)::int AS superseded FROM bias_rating',
  );
  const unrated = images - rated.reduce((total, row) => total + row.images, 0);
  return {
    population: { imageCount: images, unitCount: units, imagesOfUnknownUnit: strangers },
    overlap: [{ ratings: 0, images: unrated }, ...rated],
    superseded,
  };
}

async function countRatedUnits(db: EntityManager, raters: number) {
  const [{ units }] = await db.query(
    'SELECT count(*)::int AS units FROM (SELECT unit FROM bias_rating GROUP BY unit) u',
  );
  const rows: { rater: number; units: number }[] = await db.query(
    'SELECT rater, count(*)::int AS units FROM (SELECT rater, unit FROM bias_rating GROUP BY rater, unit) u GROUP BY rater',
  );
  const raterUnits = new Array<number>(raters).fill(0);
  for (const { rater, units: count } of rows) raterUnits[rater] = count;
  return { units: units as number, raterUnits };
}

/** Each rating beside the other ratings of its item, as counts: one join that gives every figure of agreement. */
async function countPairs(db: EntityManager): Promise<PairedRatingsRow[]> {
  await makeTemporary(db, 'bias_item', ['image_id uuid, label int, given int']);
  await db.query('INSERT INTO bias_item SELECT image_id, label, count(*) FROM bias_rating GROUP BY 1, 2');
  return db.query(
    `SELECT r.bucket, r.rater, r.label, r.ratings, i.label AS other, sum(i.given - (r.label = i.label)::int)::int AS pairs
     FROM bias_rating r JOIN bias_item i USING (image_id) GROUP BY 1, 2, 3, 4, 5 HAVING sum(i.given - (r.label = i.label)::int) > 0`,
  );
}
