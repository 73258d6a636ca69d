import type { EntityManager } from 'typeorm';
import { unsealed } from '../annotation/sealed.store.ts';
import type { AgreementReport } from '../bias/agreement/agreement-report.ts';
import type {
  Listed,
  MethodsAgreement,
  MethodsFacts,
  MethodsModel,
  MethodsRuns,
  MethodsTool,
} from './methods-facts.ts';

interface Moment {
  readonly datasetId: string;
  readonly asOf: number;
}

/** SQL: the images that are kept as of revision $2 of dataset $1. */
const KEPT = `SELECT i.image_id FROM image i WHERE i.dataset_id = $1 AND i.since <= $2 AND $2 < i.until
  AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = $1 AND e.image_id = i.image_id AND e.since <= $2 AND $2 < e.until)`;

/** SQL: how many distinct values there are, and the first `most` of them. */
const listedOf = (value: string, most: number) =>
  `json_build_object('count', count(DISTINCT ${value})::int, 'shown',
     coalesce((array_agg(DISTINCT (${value}) COLLATE "C" ORDER BY (${value}) COLLATE "C") FILTER (WHERE ${value} IS NOT NULL))[1:${most}], '{}'))`;

/** Numbers come in the order of their size. */
const listedNumbersOf = (value: string, most: number) =>
  `json_build_object('count', count(DISTINCT ${value})::int, 'shown',
     coalesce((array_agg(DISTINCT ${value} ORDER BY ${value}) FILTER (WHERE ${value} IS NOT NULL))[1:${most}]::text[], '{}'))`;

export interface CaptureCounts {
  readonly units: number;
  readonly imagesOfUnknownUnit: number;
  readonly captured: { readonly images: number; readonly from: string | null; readonly to: string | null };
  readonly sites: { readonly images: number; readonly values: Listed };
  readonly devices: { readonly images: number; readonly values: Listed };
}

/** When, where and with what the kept images were captured. */
export async function countCapture(db: EntityManager, at: Moment): Promise<CaptureCounts> {
  const [row] = await db.query(
    `SELECT count(DISTINCT a.unit) FILTER (WHERE a.unit_known)::int AS units,
            count(*) FILTER (WHERE NOT a.unit_known)::int AS "imagesOfUnknownUnit",
            json_build_object('images', count(a.captured_at)::int, 'from', min(left(a.captured_at, 10) COLLATE "C"),
                              'to', max(left(a.captured_at, 10) COLLATE "C")) AS captured,
            json_build_object('images', count(a.site)::int, 'values', ${listedOf('a.site', 6)}) AS sites,
            json_build_object('images', count(a.device)::int, 'values', ${listedOf('a.device', 6)}) AS devices
     FROM (${KEPT}) k
     JOIN acquisition a ON a.dataset_id = $1 AND a.image_id = k.image_id AND a.since <= $2 AND $2 < a.until`,
    [at.datasetId, at.asOf],
  );
  return row;
}

export interface RatingCounts extends Pick<MethodsFacts, 'annotations' | 'raters'> {
  /** Images that a person or a group annotated. */
  readonly images: number;
  /** Over them: people who annotated each, added up; and of the image with the fewest and the most. */
  readonly people: number;
  readonly least: number;
  readonly most: number;
}

/**
 * What was said of the kept images and by whom, but nothing under seal. A person counts once for an image, a group with as
 * many as voted; who gave an image up did not annotate it, and a second look is not a second person.
 */
export async function countRatings(db: EntityManager, at: Moment): Promise<RatingCounts> {
  const [row] = await db.query(
    `WITH held AS (
       SELECT n.image_id, n.annotator, n.kind, n.label, n.votes, n.pass, o.kind AS rater
       FROM (${KEPT}) k JOIN annotation n ON n.dataset_id = $1 AND n.image_id = k.image_id AND n.since <= $2 AND $2 < n.until AND ${unsealed('n')}
       LEFT JOIN annotator o ON o.dataset_id = $1 AND o.pseudonym = n.annotator AND o.since <= $2 AND $2 < o.until
     ), said AS (
       SELECT image_id, annotator, rater, kind, label, max(votes) AS votes FROM held
       WHERE rater IN ('HUMAN', 'GROUP') AND pass = 1 AND kind <> 'SKIP' GROUP BY 1, 2, 3, 4, 5
     ), people AS (
       SELECT image_id, CASE WHEN rater = 'HUMAN' THEN 1 ELSE coalesce(sum(votes) FILTER (WHERE kind = 'CLASS'), max(votes)) END AS people
       FROM said GROUP BY image_id, annotator, rater
     ), rated AS (SELECT image_id, sum(people) AS people FROM people GROUP BY image_id)
     SELECT coalesce((SELECT json_agg(json_build_object('kind', kind, 'count', count) ORDER BY count DESC, kind COLLATE "C")
                      FROM (SELECT kind, count(*)::int AS count FROM held GROUP BY kind) kinds), '[]') AS annotations,
            coalesce((SELECT json_agg(json_build_object('kind', rater, 'count', count) ORDER BY array_position(ARRAY['HUMAN', 'GROUP', 'MODEL', 'DERIVED', 'REFERENCE'], rater))
                      FROM (SELECT rater, count(DISTINCT annotator)::int AS count FROM held WHERE rater IS NOT NULL GROUP BY rater) raters), '[]') AS raters,
            (SELECT count(*)::int FROM rated) AS images, (SELECT coalesce(sum(people), 0)::float8 FROM rated) AS people,
            (SELECT coalesce(min(people), 0)::float8 FROM rated) AS least, (SELECT coalesce(max(people), 0)::float8 FROM rated) AS most`,
    [at.datasetId, at.asOf],
  );
  return row;
}

/** The agreement report that was kept last of the snapshot, else of the dataset at its revision; null: none was made. */
export async function findAgreement(
  db: EntityManager,
  at: Moment & { snapshot: string },
): Promise<MethodsAgreement | null> {
  const [row]: { id: string; result: string }[] = await db.query(
    `SELECT id, result FROM bias_report
     WHERE dataset_id = $1 AND revision = $2 AND kind = 'AGREEMENT' AND coalesce(request::jsonb->>'snapshot', $3) = $3
     ORDER BY request::jsonb->>'snapshot' NULLS LAST, row_id DESC LIMIT 1`,
    [at.datasetId, at.asOf, at.snapshot],
  );
  if (!row) return null;
  const { alpha } = JSON.parse(row.result) as AgreementReport;
  return {
    report: row.id,
    alpha: alpha.value,
    reason: alpha.reason,
    interval: alpha.interval,
    images: alpha.imageCount,
    units: alpha.unitCount,
    specification: alpha.specificationVersion,
  };
}

/** SQL: the runs on snapshot $1 that were not withdrawn, of the models $2, or of all. */
const TOLD = `SELECT r.* FROM training_run r WHERE r.snapshot = $1 AND ($2::text[] IS NULL OR r.model = ANY($2))
  AND NOT EXISTS (SELECT 1 FROM training_run_withdrawal w WHERE w.run_id = r.id)`;

/** What is on record of the runs that were not withdrawn, of at most `mostModels` models; null: there are none. */
export async function summariseRuns(
  db: EntityManager,
  asked: { snapshot: string; models: readonly string[] | null; mostModels: number },
): Promise<MethodsRuns | null> {
  const told = [asked.snapshot, asked.models];
  const models: MethodsModel[] = await db.query(
    `SELECT model, count(*)::int AS runs, ${listedOf('seed', 1000)} AS seeds,
            count(*) FILTER (WHERE seed IS NULL)::int AS "runsWithoutSeed", ${listedNumbersOf('fold', 20)} AS folds,
            ${listedNumbersOf('repeat', 20)} AS repeats, ${listedOf('split', 6)} AS splits
     FROM (${TOLD}) r GROUP BY model ORDER BY model COLLATE "C" LIMIT $3`,
    [...told, asked.mostModels],
  );
  if (models.length === 0) return null;
  const [sums] = await db.query(
    `SELECT count(*)::int AS runs, ${listedOf('code_version', 6)} AS "codeVersions",
            CASE WHEN count(duration_seconds) > 0 THEN json_build_object('runs', count(duration_seconds)::int, 'sum', sum(duration_seconds)) END AS seconds,
            CASE WHEN count(energy_kilowatt_hours) > 0 THEN json_build_object('runs', count(energy_kilowatt_hours)::int, 'sum', sum(energy_kilowatt_hours),
              'methods', ${listedOf('CASE WHEN energy_kilowatt_hours IS NOT NULL THEN energy_method END', 6)}) END AS "kilowattHours"
     FROM (${TOLD}) r`,
    told,
  );
  const tools: (MethodsTool & { kind: string })[] = await db.query(
    `SELECT f.kind, f.name, count(*)::int AS runs, ${listedOf('f.value', 6)} AS values
     FROM (${TOLD}) r JOIN training_run_fact f ON f.run_id = r.id WHERE f.kind IN ('LIBRARY', 'HARDWARE')
     GROUP BY f.kind, f.name ORDER BY f.name COLLATE "C"`,
    told,
  );
  const of = (wanted: string): MethodsTool[] =>
    tools.filter(({ kind }) => kind === wanted).map(({ kind: _, ...tool }) => tool);
  return { ...sums, models, libraries: of('LIBRARY'), hardware: of('HARDWARE') };
}
