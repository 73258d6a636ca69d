import type { EntityManager } from 'typeorm';

/** The account that labels under a pseudonym in a dataset. */
export interface AnnotatorAccount {
  readonly pseudonym: string;
  readonly principalId: string;
}

export async function listAccounts(db: EntityManager, datasetId: string): Promise<AnnotatorAccount[]> {
  return db.query(
    'SELECT pseudonym, principal_id AS "principalId" FROM annotator_account WHERE dataset_id = $1',
    [datasetId],
  );
}

/** The pseudonym of an account in a dataset; null: it labels nothing there. */
export async function findPseudonym(
  db: EntityManager,
  datasetId: string,
  principalId: string,
): Promise<string | null> {
  const [row] = await db.query(
    'SELECT pseudonym FROM annotator_account WHERE dataset_id = $1 AND principal_id = $2',
    [datasetId, principalId],
  );
  return row?.pseudonym ?? null;
}

/** Ties the account to the pseudonym; what either was tied to in this dataset before is undone. */
export async function tieAccount(
  db: EntityManager,
  datasetId: string,
  { pseudonym, principalId }: AnnotatorAccount,
): Promise<void> {
  await db.query(
    'DELETE FROM annotator_account WHERE dataset_id = $1 AND (pseudonym = $2 OR principal_id = $3)',
    [datasetId, pseudonym, principalId],
  );
  await db.query('INSERT INTO annotator_account (dataset_id, pseudonym, principal_id) VALUES ($1, $2, $3)', [
    datasetId,
    pseudonym,
    principalId,
  ]);
}
