import type { EntityManager } from 'typeorm';
import { unsealed } from './sealed.store.ts';

type Moment = { datasetId: string; asOf: number };

/** Votes of each class on an image, most first; none: nobody labelled it. */
export type VotePattern = readonly number[];

const PATTERNS = `
  SELECT i.image_id, coalesce(v.votes, '{}') AS votes FROM image i
  LEFT JOIN (
    SELECT image_id, array_agg(votes ORDER BY votes DESC) AS votes FROM (
      SELECT n.image_id, n.label, sum(n.votes)::int AS votes FROM annotation n
      WHERE n.dataset_id = $1 AND n.since <= $2 AND $2 < n.until AND n.kind = 'CLASS' AND n.pass = 1 AND ${unsealed('n')}
      GROUP BY n.image_id, n.label) c
    GROUP BY image_id) v ON v.image_id = i.image_id
  WHERE i.dataset_id = $1 AND i.since <= $2 AND $2 < i.until
    AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND e.since <= $2 AND $2 < e.until)`;

/** The different patterns of votes on the kept images. */
export async function votePatterns(db: EntityManager, at: Moment): Promise<VotePattern[]> {
  const rows: { votes: VotePattern }[] = await db.query(
    `SELECT votes FROM (${PATTERNS}) p GROUP BY votes ORDER BY votes`,
    [at.datasetId, at.asOf],
  );
  return rows.map(({ votes }) => votes);
}

/** The kept images of these patterns, in the order of the patterns, then by id. */
export async function imagesByPattern(
  db: EntityManager,
  at: Moment,
  patterns: readonly VotePattern[],
  limit: number,
): Promise<{ imageId: string; votes: VotePattern }[]> {
  return db.query(
    `SELECT replace(p.image_id::text, '-', '') AS "imageId", p.votes FROM (${PATTERNS}) p
     JOIN unnest($3::text[]) WITH ORDINALITY o(votes, place) ON o.votes = p.votes::text
     ORDER BY o.place, p.image_id LIMIT $4`,
    [at.datasetId, at.asOf, patterns.map((votes) => `{${votes.join(',')}}`), limit],
  );
}
