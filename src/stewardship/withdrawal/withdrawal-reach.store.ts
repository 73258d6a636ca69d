import type { EntityManager } from 'typeorm';
import { OPEN_REVISION } from '../../kernel/revision.ts';
import type { WithdrawalInput, WithdrawalReach } from './withdrawal.ts';

const ID = /^[0-9a-f]{32}$/;

/** An image of the subject by an earlier record alone: by the present one it is of another, or of none. */
export interface FormerImage {
  readonly id: string;
  readonly name: string;
}

/**
 * Ids of the images meant that are not withdrawn yet, which of the names mean none, and the images that an earlier record alone says to
 * be of the subject.
 */
export async function imagesMeant(
  db: EntityManager,
  datasetId: string,
  { images, subject }: Pick<WithdrawalInput, 'images' | 'subject'>,
): Promise<{ readonly ids: string[]; readonly former: FormerImage[]; readonly unknown: string[] }> {
  if (subject !== null) {
    const rows: (FormerImage & { isNow: boolean })[] = await db.query(
      `SELECT replace(g.image_id::text, '-', '') AS id, g."isNow",
              (SELECT i.name FROM image i WHERE i.dataset_id = $1 AND i.image_id = g.image_id ORDER BY i.since DESC LIMIT 1) AS name
       FROM (SELECT a.image_id, bool_or(a.until = ${OPEN_REVISION}) AS "isNow" FROM acquisition a
             WHERE a.dataset_id = $1 AND (a.subject = $2 OR (a.unit_known AND a.unit = $2)) GROUP BY a.image_id) g
       ORDER BY 1`,
      [datasetId, subject],
    );
    return {
      ids: rows.filter(({ isNow }) => isNow).map(({ id }) => id),
      former: rows.filter(({ isNow }) => !isNow).map(({ id, name }) => ({ id, name })),
      unknown: rows.length === 0 ? [subject] : [],
    };
  }
  const rows: { id: string; name: string }[] = await db.query(
    `SELECT replace(i.image_id::text, '-', '') AS id, i.name FROM image i
     WHERE i.dataset_id = $1 AND i.until > i.since AND (i.name = ANY($2::text[]) OR i.image_id = ANY($3::uuid[]))`,
    [datasetId, images, images!.filter((image) => ID.test(image))],
  );
  const known = new Set(rows.flatMap(({ id, name }) => [id, name]));
  return {
    ids: [...new Set(rows.map(({ id }) => id))].sort(),
    former: [],
    unknown: images!.filter((image) => !known.has(image)),
  };
}

/** Snapshots of the dataset that hold one of the images. */
export async function snapshotsHolding(
  db: EntityManager,
  datasetId: string,
  imageIds: readonly string[],
): Promise<string[]> {
  const rows: { digest: string }[] = await db.query(
    `SELECT s.digest FROM snapshot s WHERE s.dataset_id = $1 AND EXISTS (
       SELECT 1 FROM image i WHERE i.dataset_id = s.dataset_id AND i.image_id = ANY($2::uuid[]) AND i.since <= s.revision AND s.revision < i.until
         AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND e.since <= s.revision AND s.revision < e.until))
     ORDER BY s.digest COLLATE "C"`,
    [datasetId, imageIds],
  );
  return rows.map(({ digest }) => digest);
}

/** A proposal that holds one of the images: nobody can publish it any more. */
export interface StaleProposal {
  readonly id: string;
  readonly isOpen: boolean;
  /** Digests of its shards. */
  readonly files: readonly string[];
}

export async function proposalsHolding(
  db: EntityManager,
  datasetId: string,
  imageIds: readonly string[],
): Promise<StaleProposal[]> {
  return db.query(
    `SELECT p.id, NOT EXISTS (SELECT 1 FROM snapshot_proposal_end n WHERE n.proposal = p.id) AS "isOpen",
            ARRAY(SELECT f.digest FROM snapshot_proposal_file f WHERE f.proposal = p.id) AS files
     FROM snapshot_proposal p WHERE p.dataset_id = $1 AND EXISTS (
       SELECT 1 FROM image i WHERE i.dataset_id = p.dataset_id AND i.image_id = ANY($2::uuid[]) AND i.since <= p.revision AND p.revision < i.until
         AND NOT EXISTS (SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND e.since <= p.revision AND p.revision < e.until))`,
    [datasetId, imageIds],
  );
}

/** What hangs on the images and on the snapshots that hold them. */
export async function reachOf(
  db: EntityManager,
  datasetId: string,
  imageIds: readonly string[],
): Promise<Omit<WithdrawalReach, 'formerImages'>> {
  const snapshots = await snapshotsHolding(db, datasetId, imageIds);
  const [counts] = await db.query(
    `SELECT (SELECT count(*) FROM annotation a WHERE a.dataset_id = $1 AND a.until = ${OPEN_REVISION} AND a.image_id = ANY($2::uuid[]))::int AS annotations,
            (SELECT count(*) FROM rendering r WHERE r.snapshot = ANY($3))::int AS renderings,
            (SELECT count(*) FROM training_run r WHERE r.snapshot = ANY($3)
               AND NOT EXISTS (SELECT 1 FROM training_run_withdrawal w WHERE w.run_id = r.id))::int AS "trainingRuns",
            (SELECT count(DISTINCT e.principal_id) FROM audit_event e WHERE e.action = 'snapshot.fetch' AND e.phase = 'SUCCEEDED'
               AND e.subject = ANY(SELECT 'snapshot:' || s FROM unnest($3::text[]) s))::int AS consumers`,
    [datasetId, imageIds, snapshots],
  );
  return { images: imageIds.length, snapshots, ...counts };
}
