import type { EntityManager } from 'typeorm';
import { requireMay } from '../governance/policy.ts';
import { datasetScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import { OPEN_REVISION } from '../kernel/revision.ts';
import type { Context } from '../platform/context.ts';
import type { Dataset, DatasetDescription, Sensitivity } from './dataset.ts';

const SELECT = `
  SELECT d.id, d.id AS "datasetId", d.slug, d.sensitivity, d.unit, d.revision, d.created_at AS "createdAt",
         e.title, e.description, e.licence, e.custodian, e.data_use_terms AS "dataUseTerms"
  FROM dataset d JOIN dataset_description e ON e.dataset_id = d.id AND e.until = ${OPEN_REVISION}`;

/** The dataset, if the actor may know of it; a stranger cannot tell a hidden dataset from none. */
export async function visibleDataset(context: Context, slug: string): Promise<Dataset> {
  const [dataset]: Dataset[] = await context.db.query(`${SELECT} WHERE d.slug = $1`, [slug]);
  return requireVisible(context, dataset, `dataset: no dataset "${slug}" is known to this token.`);
}

export async function visibleDatasetById(context: Context, id: string): Promise<Dataset> {
  const [dataset]: Dataset[] = await context.db.query(`${SELECT} WHERE d.id::text = $1`, [id]);
  return requireVisible(context, dataset, `id: no dataset "${id}" is known to this token.`);
}

/** What was found by an id, if the actor may know of its dataset; a stranger cannot tell what is hidden from what is not there. */
export async function visibleObject<T extends { readonly datasetId: string }>(
  context: Context,
  held: T | null,
  unknown: string,
): Promise<T> {
  const [dataset]: Dataset[] = await context.db.query(`${SELECT} WHERE d.id::text = $1`, [
    held?.datasetId ?? '',
  ]);
  requireVisible(context, dataset, unknown);
  return held!;
}

function requireVisible(context: Context, dataset: Dataset | undefined, message: string): Dataset {
  try {
    requireMay(context, 'dataset.read', datasetScope(dataset?.id ?? 'none'));
  } catch (error) {
    if (!context.actor) throw error;
    throw new DomainError('NOT_FOUND', message);
  }
  if (!dataset) throw new DomainError('NOT_FOUND', message);
  return dataset;
}

/** Puts writers of one dataset in line, until the transaction ends. */
export async function lockDataset(db: EntityManager, id: string): Promise<void> {
  await db.query('SELECT 1 FROM dataset WHERE id = $1 FOR UPDATE', [id]);
}

/** Datasets in scope, by slug. `scopes` null means all of them. */
export async function listDatasetRows(
  db: EntityManager,
  filter: { ids: readonly string[] | null; after: string | null; limit: number },
): Promise<Dataset[]> {
  return db.query(
    `${SELECT} WHERE ($1::text[] IS NULL OR d.id::text = ANY($1)) AND ($2::text IS NULL OR d.slug COLLATE "C" > $2)
     ORDER BY d.slug COLLATE "C" LIMIT $3`,
    [filter.ids, filter.after, filter.limit],
  );
}

/** Slugs by id. */
export async function listSlugs(db: EntityManager, ids: readonly string[]): Promise<Map<string, string>> {
  const rows: { id: string; slug: string }[] = await db.query(
    'SELECT id, slug FROM dataset WHERE id::text = ANY($1::text[])',
    [ids],
  );
  return new Map(rows.map(({ id, slug }) => [id, slug]));
}

/** Returns the new id, or null when the slug is taken. */
export async function insertDataset(
  db: EntityManager,
  dataset: { slug: string; sensitivity: Sensitivity; unit: string },
  now: Date,
): Promise<string | null> {
  const [row] = await db.query(
    `INSERT INTO dataset (slug, sensitivity, unit, revision, created_at) VALUES ($1, $2, $3, 0, $4)
     ON CONFLICT (slug) DO NOTHING RETURNING id`,
    [dataset.slug, dataset.sensitivity, dataset.unit, now],
  );
  return row?.id ?? null;
}

/** Closes the description in force, if any, and opens this one. */
export async function replaceDescription(
  db: EntityManager,
  at: { datasetId: string; revision: number },
  description: DatasetDescription,
): Promise<void> {
  await db.query(
    `UPDATE dataset_description SET until = $2 WHERE dataset_id = $1 AND until = ${OPEN_REVISION}`,
    [at.datasetId, at.revision],
  );
  await db.query(
    `INSERT INTO dataset_description (dataset_id, since, title, description, licence, custodian, data_use_terms)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      at.datasetId,
      at.revision,
      description.title,
      description.description,
      description.licence,
      description.custodian,
      description.dataUseTerms,
    ],
  );
}

/** How the dataset was described at a revision. */
export async function findDescription(
  db: EntityManager,
  at: { datasetId: string; asOf: number },
): Promise<DatasetDescription> {
  const [row]: DatasetDescription[] = await db.query(
    `SELECT title, description, licence, custodian, data_use_terms AS "dataUseTerms" FROM dataset_description
     WHERE dataset_id = $1 AND since <= $2 AND $2 < until`,
    [at.datasetId, at.asOf],
  );
  return row!;
}
