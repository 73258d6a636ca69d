import type { EntityManager } from 'typeorm';
import type {
  BiasCounts,
  CellRow,
  ClassUnitsRow,
  FactorLevels,
  LabelCounts,
  LabelMode,
  LevelRow,
  PresenceRow,
} from './bias-counts.ts';
import { countLevels, countUnits, scanByFactor } from './factor-scan.store.ts';
import {
  type AtRevision,
  type FactorColumn,
  fillLabels,
  fillSubjects,
  holds,
  prepareScan,
} from './subjects.store.ts';

/** Additive tables of the kept images with their labels. Needs a transaction, and leaves `bias_subject` and `bias_label`. */
export async function countSubjects(
  db: EntityManager,
  at: AtRevision,
  factors: readonly FactorColumn[],
): Promise<BiasCounts> {
  await prepareScan(db);
  const mode = await fillLabels(db, at);
  await fillSubjects(db, at, { factors, labels: mode, measures: [] });
  const presence = await countPresence(db, factors.length, mode);
  const units = await countUnits(db, factors.length);
  return {
    population: units.population,
    labels: await labelCounts(db, at, mode),
    labelledUnits: units.labelled,
    factors: await countLevels(db, factors),
    factorUnits: units.factors,
    presence,
  };
}

async function countPresence(db: EntityManager, factors: number, mode: LabelMode): Promise<PresenceRow[]> {
  const known = Array.from({ length: factors }, (_, index) => `count(s.f${index})`);
  const counts = `count(*)::int AS images, ARRAY[${known}]::int[] AS known`;
  const present = `UNION ALL SELECT s.bucket, l.label, true, ${counts} FROM bias_subject s JOIN bias_label l USING (image_id) GROUP BY 1, 2`;
  return db.query(
    `SELECT s.bucket, s.label, s.labelled, ${counts} FROM bias_subject s GROUP BY 1, 2, 3 ${mode === 'MULTIPLE' ? present : ''}`,
  );
}

async function labelCounts(db: EntityManager, at: AtRevision, mode: LabelMode): Promise<LabelCounts> {
  const [{ unlabelled, tied }] = await db.query(
    `SELECT (count(*) FILTER (WHERE labels = 0))::int AS unlabelled, (count(*) FILTER (WHERE labels > 0 AND NOT labelled))::int AS tied FROM bias_subject`,
  );
  const classes: { name: string }[] = await db.query(
    `SELECT name FROM (
       SELECT c.name, c.position FROM label_class c WHERE c.dataset_id = $1 AND ${holds('c')}
       UNION ALL SELECT DISTINCT l.label, 2147483647 FROM bias_label l
       WHERE NOT EXISTS (SELECT 1 FROM label_class c WHERE c.dataset_id = $1 AND ${holds('c')} AND c.name = l.label)) n
     ORDER BY position, name COLLATE "C"`,
    [at.datasetId, at.asOf],
  );
  return { mode, classes: classes.map(({ name }) => name), unlabelledImages: unlabelled, tiedImages: tied };
}

/** Distinct units of each class, by bucket. */
export async function countClassUnits(db: EntityManager, mode: LabelMode): Promise<ClassUnitsRow[]> {
  const source =
    mode === 'SINGLE'
      ? 'bias_subject s WHERE s.label IS NOT NULL'
      : 'bias_subject s JOIN bias_label l USING (image_id)';
  const label = mode === 'SINGLE' ? 's.label' : 'l.label';
  return db.query(
    `SELECT bucket, label, count(*)::int AS units FROM (SELECT s.bucket, ${label} AS label FROM ${source} GROUP BY s.bucket, ${label}, s.unit) u GROUP BY 1, 2`,
  );
}

/** Images of each bucket and level of the counted factors, in one scan for 24 factors. */
export async function countLevelRows(
  db: EntityManager,
  factors: readonly FactorLevels[],
): Promise<LevelRow[]> {
  return scanByFactor(factors, ({ sets, which, level }) =>
    db.query(
      `SELECT ${which} AS which, s.bucket, ${level} AS level, count(*)::int AS images FROM bias_subject s GROUP BY ${sets('s.bucket')}`,
    ),
  );
}

/** The same by label. Where images show several classes, also once for each class they show. */
export async function countCellRows(
  db: EntityManager,
  factors: readonly FactorLevels[],
  mode: LabelMode,
): Promise<CellRow[]> {
  return scanByFactor(factors, ({ sets, which, level }) =>
    db.query(
      `SELECT ${which} AS which, s.bucket, s.label, s.labelled, ${level} AS level, count(*)::int AS images
       FROM bias_subject s WHERE s.labelled GROUP BY ${sets('s.bucket, s.label, s.labelled')}
       ${
         mode === 'SINGLE'
           ? ''
           : `UNION ALL SELECT ${which}, s.bucket, l.label, true, ${level}, count(*)::int
       FROM bias_subject s JOIN bias_label l USING (image_id) GROUP BY ${sets('s.bucket, l.label')}`
       }`,
    ),
  );
}
