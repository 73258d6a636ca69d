import type { EntityManager } from 'typeorm';
import type { DeclaredUse } from './judge-purposes.ts';
import type { Purpose } from './purpose.ts';

export interface TermsAcceptance extends DeclaredUse {
  readonly datasetId: string;
  readonly version: number;
  readonly principalId: string;
  readonly acceptedAt: Date;
  readonly rowId: string;
}

const SELECT = `
  SELECT row_id::text AS "rowId", dataset_id AS "datasetId", version, principal_id AS "principalId", purposes, statement,
         accepted_at AS "acceptedAt" FROM terms_acceptance a`;

/** Keeps the acceptance; the same said twice is kept once. */
export async function insertAcceptance(
  db: EntityManager,
  acceptance: { datasetId: string; version: number; principalId: string; purposes: readonly Purpose[] } & {
    statement: string | null;
  },
  now: Date,
): Promise<TermsAcceptance> {
  const { datasetId, version, principalId, purposes, statement } = acceptance;
  const said = [datasetId, version, principalId, purposes, statement];
  const same = `${SELECT} WHERE dataset_id = $1 AND version = $2 AND principal_id = $3 AND purposes = $4 AND statement IS NOT DISTINCT FROM $5
                ORDER BY row_id LIMIT 1`;
  const [held] = await db.query(same, said);
  if (held) return held;
  await db.query(
    `INSERT INTO terms_acceptance (dataset_id, version, principal_id, purposes, statement, accepted_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [...said, now],
  );
  const [made] = await db.query(same, said);
  return made;
}

/** The acceptances of one principal, of several datasets, in the order in which they were given. */
export async function listAcceptancesOf(
  db: EntityManager,
  principalId: string,
  datasetIds: readonly string[],
): Promise<TermsAcceptance[]> {
  return db.query(`${SELECT} WHERE principal_id = $1 AND dataset_id = ANY($2::uuid[]) ORDER BY row_id`, [
    principalId,
    datasetIds,
  ]);
}

/** Everyone's, in the order in which they were given, each with its principal's name. */
export async function listAcceptances(
  db: EntityManager,
  datasetId: string,
  page: { after: string | null; limit: number },
): Promise<(TermsAcceptance & { readonly principal: string | null })[]> {
  return db.query(
    `SELECT s.*, p.name AS principal FROM (${SELECT} WHERE dataset_id = $1 AND row_id > coalesce($2::bigint, 0) ORDER BY row_id LIMIT $3) s
     LEFT JOIN principal p ON p.id::text = s."principalId" ORDER BY s."rowId"::bigint`,
    [datasetId, page.after, page.limit],
  );
}
