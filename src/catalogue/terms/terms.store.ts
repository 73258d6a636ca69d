import type { EntityManager } from 'typeorm';
import { datasetScope } from '../../kernel/actor.ts';
import { OPEN_REVISION } from '../../kernel/revision.ts';
import { type Context, perRequest } from '../../platform/context.ts';
import { type BindingTerms, type DatasetTerms, refusalOf, type Terms, worksOn } from './terms.ts';

const SELECT = `
  SELECT t.dataset_id AS "datasetId", t.version, t.since, r.at AS "declaredAt", t.licence, t.data_use_terms AS "dataUseTerms",
         t.visibility, t.embargo_until AS "embargoUntil", t.acceptance, t.consent, t.text
  FROM dataset_terms t JOIN revision r ON r.dataset_id = t.dataset_id AND r.number = t.since`;

/** The terms in force; null: none were ever declared. */
export async function findTerms(db: EntityManager, datasetId: string): Promise<DatasetTerms | null> {
  const [row] = await db.query(`${SELECT} WHERE t.dataset_id = $1 AND t.until = ${OPEN_REVISION}`, [
    datasetId,
  ]);
  return row ?? null;
}

/** Terms of several datasets, each of a version, or in force where none is named. In no order. */
export async function findTermsOf(
  db: EntityManager,
  wanted: readonly { readonly datasetId: string; readonly version: number | null }[],
): Promise<(DatasetTerms & { readonly inForce: boolean })[]> {
  return db.query(
    `SELECT s.*, t.until = ${OPEN_REVISION} AS "inForce" FROM (${SELECT}) s
     JOIN dataset_terms t ON t.dataset_id = s."datasetId" AND t.version = s.version
     JOIN (SELECT DISTINCT * FROM unnest($1::uuid[], $2::int[]) AS g(dataset_id, version)) g
       ON g.dataset_id = t.dataset_id AND CASE WHEN g.version IS NULL THEN t.until = ${OPEN_REVISION} ELSE t.version = g.version END`,
    [wanted.map(({ datasetId }) => datasetId), wanted.map(({ version }) => version)],
  );
}

/** Closes the terms in force, if any, and opens these as the next version. */
export async function replaceTerms(
  db: EntityManager,
  at: { datasetId: string; revision: number },
  terms: Terms,
): Promise<void> {
  await db.query(`UPDATE dataset_terms SET until = $2 WHERE dataset_id = $1 AND until = ${OPEN_REVISION}`, [
    at.datasetId,
    at.revision,
  ]);
  await db.query(
    `INSERT INTO dataset_terms (dataset_id, since, version, licence, data_use_terms, visibility, embargo_until, acceptance, consent, text)
     VALUES ($1, $2, (SELECT coalesce(max(version), 0) + 1 FROM dataset_terms WHERE dataset_id = $1), $3, $4, $5, $6, $7, $8, $9)`,
    [
      at.datasetId,
      at.revision,
      terms.licence,
      terms.dataUseTerms,
      terms.visibility,
      terms.embargoUntil,
      terms.acceptance,
      terms.consent,
      terms.text,
    ],
  );
}

/** What a request found to bind it, by dataset, so that it asks once. */
const bindingTerms = () => new Map<string, Promise<BindingTerms | null>>();

async function findBindingTerms({ db, actor }: Context, datasetId: string): Promise<BindingTerms | null> {
  const [row] = await db.query(
    `SELECT d.slug, t.version, t.visibility, t.embargo_until AS "embargoUntil", t.acceptance, t.consent,
            EXISTS (SELECT 1 FROM terms_acceptance a
                    WHERE a.dataset_id = t.dataset_id AND a.principal_id = $2 AND a.version = t.version) AS accepted
     FROM dataset_terms t JOIN dataset d ON d.id = t.dataset_id WHERE t.dataset_id = $1 AND t.until = ${OPEN_REVISION}`,
    [datasetId, actor?.principalId ?? ''],
  );
  return row ?? null;
}

/**
 * The one point where terms are enforced: whoever reads pixels or a snapshot passes here, after the policy said that the dataset may be
 * known to them. Refused with the term's name. Gives the terms that bind; null: none do, as none bind who works on the dataset.
 */
export async function requireTerms(context: Context, datasetId: string): Promise<BindingTerms | null> {
  if (worksOn(context.actor, datasetScope(datasetId))) return null;
  const held = perRequest(context, bindingTerms);
  if (!held.has(datasetId)) held.set(datasetId, findBindingTerms(context, datasetId));
  const terms = (await held.get(datasetId)) ?? null;
  const refusal = terms && refusalOf(terms, context.now());
  if (refusal) throw refusal;
  return terms;
}
