import type { EntityManager } from 'typeorm';
import { OPEN_REVISION } from '../kernel/revision.ts';
import { insertRows } from '../platform/database.ts';
import type { Assignment } from './deal-round.ts';

type Moment = { datasetId: string; asOf: number };
type Target = { datasetId: string; revision: number };

export interface RoundAssignment extends Assignment {
  readonly datasetId: string;
  readonly rowId: string;
  /** Whether the annotator has said anything of the image in the round. */
  readonly done: boolean;
}

export interface RoundProgress {
  readonly assigned: number;
  readonly done: number;
}

const DONE = `EXISTS (SELECT 1 FROM annotation n WHERE n.dataset_id = r.dataset_id AND n.image_id = r.image_id AND n.round = r.round
  AND n.annotator = r.annotator AND n.since <= $2 AND $2 < n.until)`;
const HELD =
  'FROM round_assignment r WHERE r.dataset_id = $1 AND r.since <= $2 AND $2 < r.until AND r.round = $3';

export async function insertAssignments(
  db: EntityManager,
  at: Target,
  round: string,
  assignments: readonly Assignment[],
): Promise<void> {
  const types = { dataset_id: 'uuid', since: 'int', round: 'text', image_id: 'uuid', annotator: 'text' };
  const rows = assignments.map(({ imageId, annotator }) => ({
    dataset_id: at.datasetId,
    since: at.revision,
    round,
    image_id: imageId,
    annotator,
  }));
  await insertRows(db, 'round_assignment', types, rows);
}

/** In the order in which they were dealt. */
export async function listAssignments(
  db: EntityManager,
  at: Moment,
  round: string,
  filter: { annotator: string | null; open: boolean | null; after: string | null; limit: number },
): Promise<RoundAssignment[]> {
  return db.query(
    `SELECT dataset_id AS "datasetId", row_id::text AS "rowId", replace(image_id::text, '-', '') AS "imageId", annotator, done
     FROM (SELECT r.*, ${DONE} AS done ${HELD} AND ($4::text IS NULL OR r.annotator = $4) AND r.row_id > coalesce($6::bigint, 0)) r
     WHERE $5::boolean IS NULL OR done <> $5 ORDER BY row_id LIMIT $7`,
    [at.datasetId, at.asOf, round, filter.annotator, filter.open, filter.after, filter.limit],
  );
}

export async function roundProgress(db: EntityManager, at: Moment, round: string): Promise<RoundProgress> {
  const [row] = await db.query(
    `SELECT count(*)::int AS assigned, (count(*) FILTER (WHERE ${DONE}))::int AS done ${HELD}`,
    [at.datasetId, at.asOf, round],
  );
  return row;
}

/** Those of the images that are assigned to someone in the round, as `image annotator`; null where the round assigns nothing. */
export async function assignedPairs(
  db: EntityManager,
  at: Moment,
  round: string,
  imageIds: readonly string[],
): Promise<ReadonlySet<string> | null> {
  const [{ any }] = await db.query(`SELECT EXISTS (SELECT 1 ${HELD}) AS any`, [at.datasetId, at.asOf, round]);
  if (!any) return null;
  const rows: { pair: string }[] = await db.query(
    `SELECT replace(r.image_id::text, '-', '') || ' ' || r.annotator AS pair ${HELD} AND r.image_id = ANY($4::uuid[])`,
    [at.datasetId, at.asOf, round, imageIds],
  );
  return new Set(rows.map(({ pair }) => pair));
}

/** The last pass of each annotator on each image outside the round, as `image annotator` → pass. */
export async function lastPasses(
  db: EntityManager,
  datasetId: string,
  round: string,
  imageIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows: { pair: string; pass: number }[] = await db.query(
    `SELECT replace(image_id::text, '-', '') || ' ' || annotator AS pair, max(pass)::int AS pass FROM annotation
     WHERE dataset_id = $1 AND until = ${OPEN_REVISION} AND image_id = ANY($2::uuid[]) AND round IS DISTINCT FROM $3 GROUP BY 1`,
    [datasetId, imageIds, round],
  );
  return new Map(rows.map(({ pair, pass }) => [pair, pass]));
}

/** What each person has labelled, recorded or as the source says, before a moment, and may be asked again. */
export async function labelledBefore(db: EntityManager, at: Moment, before: Date): Promise<Assignment[]> {
  return db.query(
    `SELECT DISTINCT replace(n.image_id::text, '-', '') AS "imageId", n.annotator FROM annotation n
     JOIN revision v ON v.dataset_id = n.dataset_id AND v.number = n.since
     JOIN annotator a ON a.dataset_id = n.dataset_id AND a.pseudonym = n.annotator AND a.since <= $2 AND $2 < a.until AND a.kind = 'HUMAN'
     JOIN image i ON i.dataset_id = n.dataset_id AND i.image_id = n.image_id AND i.since <= $2 AND $2 < i.until
     WHERE n.dataset_id = $1 AND n.since <= $2 AND $2 < n.until AND n.kind <> 'SKIP'
       AND (v.at <= $3 OR left(n.annotated_at, 19) <= $4)
       AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = n.dataset_id AND e.image_id = n.image_id AND e.since <= $2 AND $2 < e.until)`,
    [at.datasetId, at.asOf, before, before.toISOString().slice(0, 19)],
  );
}
