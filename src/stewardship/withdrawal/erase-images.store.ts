import type { EntityManager } from 'typeorm';
import { eraseConsents } from '../../acquisition/consent/consents.store.ts';
import { lockBlobs } from '../../platform/blob-lock.ts';

/**
 * Erases what the database knows of the images beyond their tombstones, at every revision, and gives the digests of what lay in the blob
 * store for them: their bytes, thumbnails and previews.
 */
export async function eraseImages(
  db: EntityManager,
  datasetId: string,
  imageIds: readonly string[],
): Promise<string[]> {
  const at = [datasetId, imageIds];
  const held: { digest: string }[] = await db.query(
    `SELECT DISTINCT digest FROM image WHERE dataset_id = $1 AND image_id = ANY($2::uuid[]) AND digest IS NOT NULL AND pixels = 'BYTES'`,
    at,
  );
  const subjects: { subject: string }[] = await db.query(
    `SELECT DISTINCT subject FROM acquisition WHERE dataset_id = $1 AND image_id = ANY($2::uuid[]) AND subject IS NOT NULL`,
    at,
  );
  for (const table of ['acquisition', 'annotation', 'exclusion', 'round_assignment'])
    await db.query(`DELETE FROM "${table}" WHERE dataset_id = $1 AND image_id = ANY($2::uuid[])`, at);
  await eraseConsents(
    db,
    datasetId,
    subjects.map(({ subject }) => subject),
  );
  await db.query(
    `DELETE FROM consensus_item i USING consensus c WHERE c.id = i.consensus AND c.dataset_id = $1 AND i.image_id = ANY($2::uuid[])`,
    at,
  );
  await db.query(
    `UPDATE image SET until = since, name = 'withdrawn/' || image_id, digest = NULL, address = NULL, media_type = NULL, size = NULL,
            width = NULL, height = NULL, salt = NULL, annotation_salt = NULL, metadata_salt = NULL
     WHERE dataset_id = $1 AND image_id = ANY($2::uuid[])`,
    at,
  );
  const digests = held.map(({ digest }) => digest);
  await lockBlobs(db);
  const [facts] = await db.query(
    `DELETE FROM content_facts f WHERE f.digest = ANY($1) AND NOT EXISTS (SELECT 1 FROM image i WHERE i.digest = f.digest)
     RETURNING f.thumbnail_digest AS thumbnail`,
    [digests],
  );
  const thumbnails = facts.flatMap(({ thumbnail }: { thumbnail: string | null }) => thumbnail ?? []);
  const [previews] = await db.query(
    `DELETE FROM preview p WHERE p.source = ANY($1) AND NOT EXISTS (SELECT 1 FROM content_facts f WHERE f.digest = p.source)
     RETURNING p.digest`,
    [digests],
  );
  return [
    ...new Set([...digests, ...thumbnails, ...previews.map(({ digest }: { digest: string }) => digest)]),
  ];
}

/** Words beyond which every kept report of the dataset is taken for one that names an image. */
const MOST_WORDS = 300;

/** Names, units and ids by which kept reports may tell of the images. */
export async function wordsOf(
  db: EntityManager,
  datasetId: string,
  imageIds: readonly string[],
): Promise<string[]> {
  const rows: { word: string }[] = await db.query(
    `SELECT name AS word FROM image WHERE dataset_id = $1 AND image_id = ANY($2::uuid[])
     UNION SELECT subject FROM acquisition WHERE dataset_id = $1 AND image_id = ANY($2::uuid[]) AND subject IS NOT NULL
     UNION SELECT unit FROM acquisition WHERE dataset_id = $1 AND image_id = ANY($2::uuid[])`,
    [datasetId, imageIds],
  );
  return [...imageIds, ...rows.map(({ word }) => word)];
}

/** Forgets the kept reports that tell of them; what is asked for again is computed of what is left. */
export async function forgetReports(
  db: EntityManager,
  datasetId: string,
  words: readonly string[],
): Promise<void> {
  const some = words.length <= MOST_WORDS;
  await db.query(
    `DELETE FROM bias_report WHERE dataset_id = $1 AND ($2 OR EXISTS (
       SELECT 1 FROM unnest($3::text[]) w WHERE position(to_json(w)::text IN result) > 0))`,
    [datasetId, !some, some ? words : []],
  );
}

/** Forgets what was made of the snapshots; gives the digests of its files and how many forms there were. */
export async function forgetRenderings(
  db: EntityManager,
  snapshots: readonly string[],
): Promise<{ readonly digests: string[]; readonly count: number }> {
  const [files] = await db.query(
    `DELETE FROM rendering_file f USING rendering r WHERE r.id = f.rendering AND r.snapshot = ANY($1) RETURNING f.digest`,
    [snapshots],
  );
  const [forms] = await db.query('DELETE FROM rendering WHERE snapshot = ANY($1) RETURNING id', [snapshots]);
  return { digests: files.map(({ digest }: { digest: string }) => digest), count: forms.length };
}
