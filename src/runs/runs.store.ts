import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { insertRows } from '../platform/database.ts';
import type { TrainingRunReport } from './training-run.ts';

export interface TrainingRun extends TrainingRunReport {
  readonly id: string;
  readonly rowId: string;
  readonly datasetId: string;
  readonly snapshot: string;
  readonly reportedAt: Date;
}

export async function insertTrainingRun(
  db: EntityManager,
  run: TrainingRunReport & { datasetId: string; snapshot: string; principalId: string },
  now: Date,
): Promise<TrainingRun> {
  const id = randomUUID();
  const [row] = await db.query(
    `INSERT INTO training_run (id, dataset_id, snapshot, model, split, part, fold, repeat, seed, code_version, principal_id, reported_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING row_id`,
    [
      id,
      run.datasetId,
      run.snapshot,
      run.model,
      run.split,
      run.part,
      run.fold,
      run.repeat,
      run.seed,
      run.codeVersion,
      run.principalId,
      now,
    ],
  );
  const metrics = run.metrics.map((metric) => ({ run_id: id, ...metric }));
  await insertRows(
    db,
    'training_run_metric',
    { run_id: 'uuid', part: 'text', name: 'text', value: 'float8' },
    metrics,
  );
  return { ...run, id, rowId: row.row_id, reportedAt: now };
}

export async function listTrainingRuns(
  db: EntityManager,
  snapshot: string,
  after: string | null,
  limit: number,
): Promise<TrainingRun[]> {
  return db.query(
    `SELECT r.id, r.row_id AS "rowId", r.dataset_id AS "datasetId", r.snapshot, r.model, r.split, r.part, r.fold, r.repeat, r.seed,
            r.code_version AS "codeVersion", r.reported_at AS "reportedAt",
            coalesce((SELECT json_agg(json_build_object('part', m.part, 'name', m.name, 'value', m.value) ORDER BY m.part COLLATE "C", m.name COLLATE "C")
                      FROM training_run_metric m WHERE m.run_id = r.id), '[]') AS metrics
     FROM training_run r WHERE r.snapshot = $1 AND ($2::bigint IS NULL OR r.row_id > $2) ORDER BY r.row_id LIMIT $3`,
    [snapshot, after, limit],
  );
}
