import type { EntityManager } from 'typeorm';
import type { DataFacts, ReportFacts } from './data-facts.ts';
import { countsOf, KEPT, type Moment, type RawCount } from './image-facts.store.ts';

export interface FlowFacts {
  readonly stages: readonly RawCount[];
  readonly reasons: readonly RawCount[];
  readonly refused: readonly RawCount[];
  readonly declared: readonly RawCount[];
}

/** What was left out and why, and which kept images somebody found to be copies. */
export async function findFlowFacts(db: EntityManager, at: Moment): Promise<FlowFacts> {
  const held = (table: string) =>
    `(SELECT * FROM ${table} WHERE dataset_id = $1 AND since <= $2 AND $2 < until) held`;
  const [row] = await db.query(
    `WITH kept AS (${KEPT})
     SELECT ${countsOf('stage', held('exclusion'))} AS stages, ${countsOf('reason', held('exclusion'))} AS reasons,
            ${countsOf('code', held('refused_image'))} AS refused,
            ${countsOf(
              'judgement',
              `(SELECT d.judgement FROM ${held('declared_duplicate')} JOIN declared_duplicate d ON d.row_id = held.row_id
              WHERE d.first_image IN (SELECT image_id FROM kept) AND d.second_image IN (SELECT image_id FROM kept)) pairs`,
            )} AS declared`,
    [at.datasetId, at.asOf],
  );
  return row;
}

export interface GovernedFacts {
  readonly withdrawn: number;
  readonly terms: DataFacts['terms'];
  readonly subjects: number;
  readonly scopes: readonly RawCount[];
}

/** The terms in force, what subjects agreed to, and how many images were taken back, whenever it was. */
export async function findGovernedFacts(db: EntityManager, at: Moment): Promise<GovernedFacts> {
  const consents =
    '(SELECT * FROM subject_consent WHERE dataset_id = $1 AND since <= $2 AND $2 < until) held';
  const [row] = await db.query(
    `SELECT (SELECT count(*)::int FROM withdrawn_image WHERE dataset_id = $1) AS withdrawn,
            (SELECT json_build_object('version', version, 'visibility', visibility, 'acceptance', acceptance, 'consent', consent, 'text', text,
               'embargoUntil', to_char(embargo_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"'))
             FROM dataset_terms WHERE dataset_id = $1 AND since <= $2 AND $2 < until) AS terms,
            (SELECT count(*)::int FROM ${consents}) AS subjects,
            ${countsOf('scope', `(SELECT unnest(scopes) AS scope FROM ${consents}) agreed`)} AS scopes`,
    [at.datasetId, at.asOf],
  );
  return row;
}

export interface RevisionFacts {
  readonly revisions: number;
  readonly first: string;
  readonly last: string;
  readonly steps: readonly { readonly summary: string; readonly times: number }[];
}

const MOST_STEPS = 40;

/** How the dataset came to be as it was at the revision, in the words of its revisions, whose numbers are taken out. */
export async function findRevisionFacts(db: EntityManager, at: Moment): Promise<RevisionFacts | null> {
  const [row] = await db.query(
    `WITH held AS (SELECT number, at, regexp_replace(summary, '(^| )[0-9]+ (annotations|rows|pairs|images|candidate)', '\\1\\2') AS summary FROM revision WHERE dataset_id = $1 AND number <= $2)
     SELECT count(*)::int AS revisions, to_char(min(at) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS first, to_char(max(at) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS last,
            coalesce((SELECT json_agg(json_build_object('summary', summary, 'times', times) ORDER BY first)
              FROM (SELECT summary, count(*)::int AS times, min(number) AS first FROM held GROUP BY summary ORDER BY first LIMIT ${MOST_STEPS}) steps), '[]') AS steps
     FROM held`,
    [at.datasetId, at.asOf],
  );
  return row.revisions === 0 ? null : row;
}

/**
 * The latest kept report of each kind and split. Of a snapshot: those on it, else those on the dataset at its revision, and
 * of a split as it carries it. Of a dataset: those up to the revision, each with the revision that it is of.
 */
export async function listReportFacts(
  db: EntityManager,
  at: Moment,
  snapshot: { digest: string; splits: readonly string[] } | null,
): Promise<ReportFacts[]> {
  return db.query(
    `SELECT r.id, r.kind, r.revision, c.split, r.result::jsonb->'cards' AS cards, CASE WHEN r.kind = 'AGREEMENT' THEN r.result::jsonb->'alpha' END AS alpha
     FROM (SELECT DISTINCT ON (kind, split) row_id, kind, split FROM (
             SELECT row_id, kind, revision, request::jsonb#>>'{split,name}' AS split, request::jsonb#>>'{split,digest}' AS "splitDigest",
                    request::jsonb->>'snapshot' AS snapshot, request::jsonb->>'part' AS part
             FROM bias_report WHERE dataset_id = $1 AND revision <= $2) asked
           WHERE part IS NULL AND (kind = 'SPLIT' OR split IS NULL)
             AND CASE WHEN $3::text IS NULL THEN snapshot IS NULL
                 ELSE snapshot = $3 OR (snapshot IS NULL AND CASE WHEN kind = 'SPLIT' THEN "splitDigest" = ANY($4::text[]) ELSE revision = $2 END) END
           ORDER BY kind, split, snapshot NULLS LAST, revision DESC, row_id DESC) c
     JOIN bias_report r ON r.row_id = c.row_id ORDER BY r.kind, c.split COLLATE "C"`,
    [at.datasetId, at.asOf, snapshot?.digest ?? null, snapshot?.splits ?? []],
  );
}

export interface RunFacts {
  readonly all: number;
  readonly models: number;
  readonly named: readonly string[];
}

/** The training runs told on a snapshot, or on any snapshot of the dataset, that were not withdrawn. */
export async function findRunFacts(
  db: EntityManager,
  datasetId: string,
  snapshot: string | null,
): Promise<RunFacts> {
  const [row] = await db.query(
    `SELECT count(*)::int AS all, count(DISTINCT model)::int AS models,
            coalesce((array_agg(DISTINCT model COLLATE "C" ORDER BY model COLLATE "C"))[1:12], '{}') AS named
     FROM training_run r WHERE r.dataset_id = $1 AND ($2::text IS NULL OR r.snapshot = $2)
       AND NOT EXISTS (SELECT 1 FROM training_run_withdrawal w WHERE w.run_id = r.id)`,
    [datasetId, snapshot],
  );
  return row;
}

/** The snapshots published up to a revision, the first first. */
export async function listVersions(
  db: EntityManager,
  at: Moment,
): Promise<{ digest: string; published: string }[]> {
  return db.query(
    `SELECT digest, to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS published FROM snapshot
     WHERE dataset_id = $1 AND revision <= $2 ORDER BY revision, published_at, digest COLLATE "C"`,
    [at.datasetId, at.asOf],
  );
}

/** The names of the frozen splits of a dataset that were made up to a revision. */
export async function listFrozenSplits(db: EntityManager, at: Moment): Promise<string[]> {
  const rows: { name: string }[] = await db.query(
    `SELECT name FROM split WHERE dataset_id = $1 AND state = 'FROZEN' AND revision <= $2 ORDER BY name COLLATE "C"`,
    [at.datasetId, at.asOf],
  );
  return rows.map(({ name }) => name);
}

/** The consensuses made of a dataset up to a revision, each by its name and methods. */
export async function listConsensusFacts(
  db: EntityManager,
  at: Moment,
): Promise<{ name: string; method: string }[]> {
  return db.query(
    `SELECT DISTINCT ON (name COLLATE "C") name, method FROM consensus WHERE dataset_id = $1 AND revision <= $2
     ORDER BY name COLLATE "C", revision DESC, row_id DESC`,
    [at.datasetId, at.asOf],
  );
}
