import type { EntityManager } from 'typeorm';
import { sum } from '../statistics/sum.ts';
import { BUCKET_COUNT } from '../statistics/unit-bucket.ts';
import { groupedBy } from './run-report-figures.ts';
import type { RunScore } from './run-score.ts';
import type { TestOutcomes } from './test-sampling.ts';

/** Scores of runs that were not withdrawn, in the order in which they came. */
export async function listRunScores(
  db: EntityManager,
  snapshots: readonly string[],
  limit: number,
): Promise<RunScore[]> {
  return db.query(
    `SELECT r.id AS run, r.model, r.snapshot, r.split, r.part AS "trainedOn", r.fold, r.repeat, r.seed, m.part, m.name AS metric, m.value,
            r.train_images AS "trainImages", coalesce(m.images, r.test_images) AS "testImages"
     FROM training_run r JOIN training_run_metric m ON m.run_id = r.id
     WHERE r.snapshot = ANY($1) AND NOT EXISTS (SELECT 1 FROM training_run_withdrawal w WHERE w.run_id = r.id)
     ORDER BY r.row_id, m.part COLLATE "C", m.name COLLATE "C" LIMIT $2`,
    [snapshots, limit],
  );
}

export interface ModelOutcomes {
  readonly model: string;
  readonly snapshot: string;
  readonly table: TestOutcomes;
}

/**
 * How the images of a part came out in these runs. An image counts once, by its mean over the runs of a model: the same images in ten runs are no more images
 * than in one. Buckets as everywhere: of the unit's name, and with fewer than 50 units each unit its own. Sums are in the order of their addends, so that the
 * same outcomes give the same bits.
 */
export async function listOutcomes(
  db: EntityManager,
  runs: readonly string[],
  part: string,
): Promise<ModelOutcomes[]> {
  const rows: {
    model: string;
    snapshot: string;
    right: number;
    images: number;
    units: number;
    areUnitsKnown: boolean;
  }[] = await db.query(
    `WITH by_image AS (
       SELECT r.model, r.snapshot, o.image_id, avg(o.correct ORDER BY o.correct) AS correct
       FROM training_run_outcome o JOIN training_run r ON r.id = o.run_id
       WHERE o.run_id = ANY($1::uuid[]) AND o.part = $2 GROUP BY r.model, r.snapshot, o.image_id
     ), by_unit AS (
       SELECT b.model, b.snapshot, a.unit, a.bucket, sum(b.correct ORDER BY b.correct) AS correct, count(*) AS images,
              bool_and(a.unit_known) AS known
       FROM by_image b JOIN snapshot s ON s.digest = b.snapshot
       JOIN acquisition a ON a.dataset_id = s.dataset_id AND a.image_id = b.image_id AND a.since <= s.revision AND s.revision < a.until
       GROUP BY b.model, b.snapshot, a.unit, a.bucket
     ), placed AS (
       SELECT model, snapshot, correct, images, known,
              CASE WHEN count(*) OVER (PARTITION BY model, snapshot) < $3 THEN unit ELSE bucket::text END AS place
       FROM by_unit
     )
     SELECT model, snapshot, sum(correct ORDER BY correct) AS "right", sum(images)::float8 AS images, count(*)::float8 AS units,
            bool_and(known) AS "areUnitsKnown"
     FROM placed GROUP BY model, snapshot, place ORDER BY model COLLATE "C", snapshot, place COLLATE "C"`,
    [runs, part, BUCKET_COUNT],
  );
  const held = groupedBy(rows, ({ model, snapshot }) => JSON.stringify([model, snapshot]));
  return [...held.values()].map((buckets) => {
    const total = (of: (row: (typeof rows)[number]) => number) => sum(buckets.map(of));
    const { model, snapshot } = buckets[0]!;
    const table = {
      total: [total(({ right }) => right), total(({ images }) => images)],
      buckets: buckets.map(({ right, images }) => [right, images]),
      imageCount: total(({ images }) => images),
      unitCount: total(({ units }) => units),
      areUnitsKnown: buckets.every(({ areUnitsKnown }) => areUnitsKnown),
    };
    return { model, snapshot, table };
  });
}
