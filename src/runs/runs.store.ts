import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { insertRows } from '../platform/database.ts';
import type { RunOutcome } from './run-outcome.ts';
import type { NamedText, TrainingRunReport } from './training-run.ts';

export interface TrainingRun extends TrainingRunReport {
  readonly id: string;
  readonly rowId: string;
  readonly datasetId: string;
  readonly snapshot: string;
  readonly reportedAt: Date;
  readonly principalId: string;
  /** Digest of what was reported; null of runs from before there were keys. */
  readonly content: string | null;
  readonly withdrawnReason: string | null;
}

const FACT_KINDS = {
  LIBRARY: 'libraries',
  HYPERPARAMETER: 'hyperparameters',
  HARDWARE: 'hardware',
} as const satisfies Record<string, keyof TrainingRunReport>;

export async function insertTrainingRun(
  db: EntityManager,
  run: TrainingRunReport & { datasetId: string; snapshot: string; principalId: string; content: string },
  now: Date,
): Promise<TrainingRun> {
  const id = randomUUID();
  const [row] = await db.query(
    `INSERT INTO training_run (id, dataset_id, snapshot, model, split, part, fold, repeat, seed, code_version, principal_id, reported_at,
       report_key, content, started_at, duration_seconds, energy_kilowatt_hours, energy_method, train_images, test_images)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) RETURNING row_id`,
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
      run.key,
      run.content,
      run.startedAt,
      run.durationSeconds,
      run.energyKilowattHours,
      run.energyMethod,
      run.trainImages,
      run.testImages,
    ],
  );
  await insertRows(
    db,
    'training_run_metric',
    { run_id: 'uuid', part: 'text', name: 'text', value: 'float8', images: 'int' },
    run.metrics.map((metric) => ({ run_id: id, ...metric })),
  );
  await insertRows(
    db,
    'training_run_fact',
    { run_id: 'uuid', kind: 'text', name: 'text', value: 'text' },
    Object.entries(FACT_KINDS).flatMap(([kind, field]) =>
      run[field].map((fact) => ({ run_id: id, kind, ...fact })),
    ),
  );
  return { ...run, id, rowId: row.row_id, reportedAt: now, withdrawnReason: null };
}

const SELECT = `
  SELECT r.id, r.row_id AS "rowId", r.dataset_id AS "datasetId", r.snapshot, r.model, r.split, r.part, r.fold, r.repeat, r.seed,
         r.code_version AS "codeVersion", r.reported_at AS "reportedAt", r.principal_id AS "principalId", r.report_key AS key, r.content,
         r.started_at AS "startedAt", r.duration_seconds AS "durationSeconds", r.energy_kilowatt_hours AS "energyKilowattHours",
         r.energy_method AS "energyMethod", r.train_images AS "trainImages", r.test_images AS "testImages",
         w.reason AS "withdrawnReason",
         coalesce((SELECT json_agg(json_build_object('part', m.part, 'name', m.name, 'value', m.value, 'images', m.images)
                                   ORDER BY m.part COLLATE "C", m.name COLLATE "C")
                   FROM training_run_metric m WHERE m.run_id = r.id), '[]') AS metrics,
         coalesce((SELECT json_agg(json_build_object('kind', f.kind, 'name', f.name, 'value', f.value) ORDER BY f.name COLLATE "C")
                   FROM training_run_fact f WHERE f.run_id = r.id), '[]') AS facts
  FROM training_run r LEFT JOIN training_run_withdrawal w ON w.run_id = r.id`;

type Row = Omit<TrainingRun, 'libraries' | 'hyperparameters' | 'hardware'> & {
  readonly facts: readonly (NamedText & { readonly kind: keyof typeof FACT_KINDS })[];
};

function toRun({ facts, ...row }: Row): TrainingRun {
  const of = (kind: keyof typeof FACT_KINDS) =>
    facts.filter((fact) => fact.kind === kind).map(({ name, value }) => ({ name, value }));
  return {
    ...row,
    libraries: of('LIBRARY'),
    hyperparameters: of('HYPERPARAMETER'),
    hardware: of('HARDWARE'),
  };
}

/** Which runs are wanted; null: any. */
export interface RunFilter {
  readonly datasetId: string;
  readonly snapshot: string | null;
  readonly model: string | null;
  readonly split: string | null;
  /** Whether withdrawn runs are among them. */
  readonly withdrawn: boolean;
}

/** In the order in which they were reported. */
export async function listTrainingRuns(
  db: EntityManager,
  filter: RunFilter,
  after: string | null,
  limit: number,
): Promise<TrainingRun[]> {
  const rows: Row[] = await db.query(
    `${SELECT} WHERE r.dataset_id = $1 AND ($2::text IS NULL OR r.snapshot = $2) AND ($3::text IS NULL OR r.model = $3)
       AND ($4::text IS NULL OR r.split = $4) AND ($5 OR w.run_id IS NULL) AND ($6::bigint IS NULL OR r.row_id > $6)
     ORDER BY r.row_id LIMIT $7`,
    [filter.datasetId, filter.snapshot, filter.model, filter.split, filter.withdrawn, after, limit],
  );
  return rows.map(toRun);
}

export async function findTrainingRun(db: EntityManager, id: string): Promise<TrainingRun | null> {
  const [row]: Row[] = await db.query(`${SELECT} WHERE r.id = $1::uuid`, [id]);
  return row ? toRun(row) : null;
}

export async function findTrainingRunByKey(
  db: EntityManager,
  datasetId: string,
  key: string,
): Promise<TrainingRun | null> {
  const [row]: Row[] = await db.query(`${SELECT} WHERE r.dataset_id = $1 AND r.report_key = $2`, [
    datasetId,
    key,
  ]);
  return row ? toRun(row) : null;
}

export async function insertWithdrawal(
  db: EntityManager,
  withdrawal: { runId: string; reason: string; principalId: string },
  now: Date,
): Promise<void> {
  await db.query(
    'INSERT INTO training_run_withdrawal (run_id, reason, principal_id, withdrawn_at) VALUES ($1, $2, $3, $4)',
    [withdrawal.runId, withdrawal.reason, withdrawal.principalId, now],
  );
}

/** Which of these images, by id, the snapshot of this dataset and revision does not hold. */
export async function imagesNotHeld(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
  imageIds: readonly string[],
): Promise<string[]> {
  const rows: { id: string }[] = await db.query(
    `SELECT replace(g.id::text, '-', '') AS id FROM unnest($3::uuid[]) AS g(id)
     WHERE NOT EXISTS (SELECT 1 FROM image i WHERE i.dataset_id = $1 AND i.image_id = g.id AND i.since <= $2 AND $2 < i.until)
        OR EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = $1 AND e.image_id = g.id AND e.since <= $2 AND $2 < e.until)
     ORDER BY g.id`,
    [at.datasetId, at.asOf, imageIds],
  );
  return rows.map(({ id }) => id);
}

const OUTCOME_COLUMNS = 'image uuid, part text, correct float8, predicted text';

/** Keeps what is not there yet; gives how many that were. */
export async function insertOutcomes(
  db: EntityManager,
  runId: string,
  outcomes: readonly RunOutcome[],
): Promise<number> {
  const kept: unknown[] = await db.query(
    `INSERT INTO training_run_outcome (run_id, image_id, part, correct, predicted)
     SELECT $1::uuid, g.image, g.part, g.correct, g.predicted FROM jsonb_to_recordset($2::jsonb) AS g(${OUTCOME_COLUMNS})
     ON CONFLICT DO NOTHING RETURNING image_id`,
    [runId, JSON.stringify(outcomes)],
  );
  return kept.length;
}

/** The images of which another outcome is kept than this. */
export async function outcomesKeptOtherwise(
  db: EntityManager,
  runId: string,
  outcomes: readonly RunOutcome[],
): Promise<string[]> {
  const rows: { id: string }[] = await db.query(
    `SELECT replace(o.image_id::text, '-', '') AS id FROM jsonb_to_recordset($2::jsonb) AS g(${OUTCOME_COLUMNS})
     JOIN training_run_outcome o ON o.run_id = $1::uuid AND o.image_id = g.image
     WHERE (o.part, o.correct, o.predicted) IS DISTINCT FROM (g.part, g.correct, g.predicted)`,
    [runId, JSON.stringify(outcomes)],
  );
  return rows.map(({ id }) => id);
}

/** In the order of the ids. */
export async function listOutcomes(
  db: EntityManager,
  runId: string,
  after: string | null,
  limit: number,
): Promise<RunOutcome[]> {
  return db.query(
    `SELECT replace(image_id::text, '-', '') AS image, part, correct, predicted FROM training_run_outcome
     WHERE run_id = $1::uuid AND ($2::uuid IS NULL OR image_id > $2::uuid) ORDER BY image_id LIMIT $3`,
    [runId, after, limit],
  );
}
