import type { EntityManager } from 'typeorm';
import { insertRows } from '../../platform/database.ts';
import type { PublicationRuleRow } from './publication.tables.ts';
import type { PublicationRule, PublicationRules } from './publication-rule.ts';

export interface RulesAsked {
  readonly datasetId: string;
  /** Null: the latest. */
  readonly version: number | null;
}

interface RulesRow {
  readonly version: number | null;
  readonly rules: PublicationRuleRow[];
  readonly declaredBy: string | null;
  readonly declaredAt: Date | null;
}

/** Rules in the versions asked for, in their order; null for a version that was never declared, none before the first. */
export async function findRules(
  db: EntityManager,
  asked: readonly RulesAsked[],
): Promise<(PublicationRules | null)[]> {
  const rows: RulesRow[] = await db.query(
    `SELECT v.version, coalesce(p.name, v.principal_id) AS "declaredBy", v.declared_at AS "declaredAt",
            coalesce((SELECT json_agg(r ORDER BY r.position) FROM publication_rule r WHERE r.dataset_id = v.dataset_id AND r.version = v.version), '[]') AS rules
     FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY AS g(dataset_id, version, place)
     LEFT JOIN LATERAL (SELECT * FROM publication_rules held WHERE held.dataset_id = g.dataset_id AND (g.version IS NULL OR held.version = g.version)
                        ORDER BY held.version DESC LIMIT 1) v ON true
     LEFT JOIN principal p ON p.id::text = v.principal_id ORDER BY g.place`,
    [asked.map(({ datasetId }) => datasetId), asked.map(({ version }) => version)],
  );
  return asked.map(({ datasetId, version }, place) => {
    const row = rows[place]!;
    if (row.version !== null)
      return { ...row, datasetId, version: row.version, rules: row.rules.map(toRule) };
    const none = { datasetId, version: 0, rules: [], declaredBy: null, declaredAt: null };
    return version === null || version === 0 ? none : null;
  });
}

export async function currentRules(db: EntityManager, datasetId: string): Promise<PublicationRules> {
  const [rules] = await findRules(db, [{ datasetId, version: null }]);
  return rules!;
}

/** The rules go first: the database takes none of a version that is declared. */
export async function insertRules(
  db: EntityManager,
  { datasetId, version }: { readonly datasetId: string; readonly version: number },
  rules: readonly PublicationRule[],
  by: { readonly principalId: string; readonly now: Date },
): Promise<void> {
  const rows = rules.map((rule, position) => ({ dataset_id: datasetId, version, position, ...rule }));
  const types = {
    ...{ dataset_id: 'uuid', version: 'int', position: 'int' },
    ...{ kind: 'text', subject: 'text', threshold: 'float8' },
  };
  await insertRows(db, 'publication_rule', types, rows);
  await db.query(
    'INSERT INTO publication_rules (dataset_id, version, principal_id, declared_at) VALUES ($1, $2, $3, $4)',
    [datasetId, version, by.principalId, by.now],
  );
}

function toRule({ kind, subject, threshold }: PublicationRuleRow): PublicationRule {
  return { kind: kind as PublicationRule['kind'], subject, threshold };
}
