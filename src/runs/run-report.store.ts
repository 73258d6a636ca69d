import type { EntityManager } from 'typeorm';
import type { BucketedTable } from '../statistics/jackknife.ts';
import type { StoredScore } from './run-sizes.ts';

/** Scores of runs that were not withdrawn, in the order in which they came. */
export async function listRunScores(
  db: EntityManager,
  snapshots: readonly string[],
  limit: number,
): Promise<StoredScore[]> {
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
  /** Cells [right, all] by jackknife bucket of the images' units. */
  readonly table: BucketedTable;
}

/** How many images came out right on a part, over all runs of each model, by the bucket of their units. */
export async function listOutcomes(
  db: EntityManager,
  snapshots: readonly string[],
  part: string,
): Promise<ModelOutcomes[]> {
  const rows: {
    model: string;
    snapshot: string;
    bucket: number;
    right: number;
    all: number;
    images: number;
    units: number;
  }[] = await db.query(
    `SELECT r.model, r.snapshot, a.bucket, sum(o.correct)::float8 AS right, count(*)::float8 AS all,
            count(DISTINCT o.image_id)::float8 AS images, count(DISTINCT a.unit)::float8 AS units
     FROM training_run_outcome o
     JOIN training_run r ON r.id = o.run_id
     JOIN snapshot s ON s.digest = r.snapshot
     JOIN acquisition a ON a.dataset_id = s.dataset_id AND a.image_id = o.image_id AND a.since <= s.revision AND s.revision < a.until
     WHERE r.snapshot = ANY($1) AND o.part = $2 AND NOT EXISTS (SELECT 1 FROM training_run_withdrawal w WHERE w.run_id = r.id)
     GROUP BY r.model, r.snapshot, a.bucket ORDER BY r.model COLLATE "C", r.snapshot, a.bucket`,
    [snapshots, part],
  );
  const made = new Map<string, ModelOutcomes>();
  for (const row of rows) {
    const { model, snapshot, right, all, images, units } = row;
    const key = JSON.stringify([model, snapshot]);
    const held = made.get(key)?.table ?? { total: [0, 0], buckets: [], imageCount: 0, unitCount: 0 };
    const table = {
      total: [held.total[0]! + right, held.total[1]! + all],
      buckets: [...held.buckets, [right, all]],
      imageCount: held.imageCount + images,
      unitCount: held.unitCount + units,
    };
    made.set(key, { model, snapshot, table });
  }
  return [...made.values()];
}
