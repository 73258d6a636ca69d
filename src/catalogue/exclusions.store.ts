import type { EntityManager } from 'typeorm';

/** A line of the exclusion ledger, as of a revision. */
export interface ExclusionEntry {
  readonly rowId: string;
  readonly datasetId: string;
  readonly imageId: string;
  readonly imageName: string | null;
  readonly stage: string;
  readonly reason: string;
  readonly excludedBy: string | null;
  readonly since: number;
  /** Null: it held as of the revision asked. */
  readonly until: number | null;
}

/** Exclusions in force as of a revision, with `history` those closed by then too, in the order they were made. */
export async function listExclusionRows(
  db: EntityManager,
  at: { datasetId: string; asOf: number; history: boolean; after: string | null; limit: number },
): Promise<ExclusionEntry[]> {
  return db.query(
    `SELECT e.row_id::text AS "rowId", e.dataset_id AS "datasetId", replace(e.image_id::text, '-', '') AS "imageId", i.name AS "imageName",
            e.stage, e.reason, e.excluded_by AS "excludedBy", e.since, CASE WHEN e.until <= $2 THEN e.until END AS until
     FROM exclusion e
     LEFT JOIN image i ON i.dataset_id = e.dataset_id AND i.image_id = e.image_id AND i.since <= $2 AND $2 < i.until
     WHERE e.dataset_id = $1 AND e.since <= $2 AND ($3::boolean OR $2 < e.until) AND e.row_id > coalesce($4::bigint, 0)
     ORDER BY e.row_id LIMIT $5`,
    [at.datasetId, at.asOf, at.history, at.after, at.limit],
  );
}
