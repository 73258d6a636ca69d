import type { EntityManager } from 'typeorm';
import { OPEN_REVISION } from '../../kernel/revision.ts';
import type { ConsentScope, LackingConsent, SubjectConsent } from './consent.ts';

/** Opens these consents, closing what the same subjects said before; gives how many were not in force already. */
export async function replaceConsents(
  db: EntityManager,
  at: { datasetId: string; revision: number },
  subjects: readonly string[],
  consent: { scopes: readonly ConsentScope[]; until: Date | null },
): Promise<number> {
  const said = [at.datasetId, subjects, consent.scopes, consent.until];
  const different: { subject: string }[] = await db.query(
    `SELECT g.subject FROM unnest($2::text[]) AS g(subject)
     WHERE NOT EXISTS (SELECT 1 FROM subject_consent c WHERE c.dataset_id = $1 AND c.subject = g.subject AND c.until = ${OPEN_REVISION}
                         AND c.scopes = $3::text[] AND c.ends_at IS NOT DISTINCT FROM $4::timestamptz)`,
    said,
  );
  if (different.length === 0) return 0;
  const changed = different.map(({ subject }) => subject);
  await db.query(
    `UPDATE subject_consent SET until = $2 WHERE dataset_id = $1 AND subject = ANY($3) AND until = ${OPEN_REVISION}`,
    [at.datasetId, at.revision, changed],
  );
  await db.query(
    `INSERT INTO subject_consent (dataset_id, since, subject, scopes, ends_at)
     SELECT $1, $2, subject, $4::text[], $5 FROM unnest($3::text[]) AS g(subject)`,
    [at.datasetId, at.revision, changed, consent.scopes, consent.until],
  );
  return changed.length;
}

/** Which of the scopes images lack now: as of a revision the kept ones, or those with these bytes. Those that lack none are left out. */
export async function findLackingConsent(
  db: EntityManager,
  images: { readonly datasetId: string } & ({ readonly asOf: number } | { readonly digest: string }),
  scopes: readonly ConsentScope[],
  now: Date,
): Promise<LackingConsent[]> {
  const which =
    'digest' in images
      ? `i.digest = $4 AND i.pixels = 'BYTES' AND i.until > i.since`
      : `i.since <= $4 AND $4 < i.until AND NOT EXISTS (
           SELECT 1 FROM exclusion e WHERE e.dataset_id = i.dataset_id AND e.image_id = i.image_id AND e.since <= $4 AND $4 < e.until)`;
  return db.query(
    `SELECT s.scope, count(DISTINCT i.image_id)::int AS images,
            (count(DISTINCT i.image_id) FILTER (WHERE a.subject IS NULL))::int AS nameless
     FROM image i CROSS JOIN unnest($2::text[]) AS s(scope)
     LEFT JOIN acquisition a ON a.dataset_id = i.dataset_id AND a.image_id = i.image_id AND a.until = ${OPEN_REVISION}
     LEFT JOIN subject_consent c ON c.dataset_id = i.dataset_id AND c.subject = a.subject AND c.until = ${OPEN_REVISION}
                                AND (c.ends_at IS NULL OR c.ends_at > $3) AND s.scope = ANY(c.scopes)
     WHERE i.dataset_id = $1 AND ${which} AND c.row_id IS NULL
     GROUP BY s.scope ORDER BY array_position($2::text[], s.scope)`,
    [images.datasetId, scopes, now, 'digest' in images ? images.digest : images.asOf],
  );
}

/** Consents in force, by subject. */
export async function listConsents(
  db: EntityManager,
  datasetId: string,
  page: { after: string | null; limit: number },
): Promise<SubjectConsent[]> {
  return db.query(
    `SELECT dataset_id AS "datasetId", subject, scopes, ends_at AS until FROM subject_consent
     WHERE dataset_id = $1 AND until = ${OPEN_REVISION} AND ($2::text IS NULL OR subject COLLATE "C" > $2)
     ORDER BY subject COLLATE "C" LIMIT $3`,
    [datasetId, page.after, page.limit],
  );
}

/** Erases what these subjects consented to, of those whom no image names any more; the database lets no others go. */
export async function eraseConsents(
  db: EntityManager,
  datasetId: string,
  subjects: readonly string[],
): Promise<void> {
  await db.query(
    `DELETE FROM subject_consent c WHERE c.dataset_id = $1 AND c.subject = ANY($2)
       AND NOT EXISTS (SELECT 1 FROM acquisition a WHERE a.dataset_id = c.dataset_id AND a.subject = c.subject)`,
    [datasetId, subjects],
  );
}
