import type { EntityManager } from 'typeorm';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { compareText } from '../../kernel/compare-text.ts';
import { OPEN_REVISION } from '../../kernel/revision.ts';
import { insertRows } from '../../platform/database.ts';
import type { TargetShareRow, TargetStratumRow } from '../bias.tables.ts';
import type { AtRevision } from '../subjects/subject-pages.store.ts';
import type { TargetDeclaration } from './target-declaration.ts';
import {
  marginsOf,
  type TargetPopulation,
  type TargetShare,
  type TargetStratum,
} from './target-population.ts';

/** The target populations as of a revision, by name. */
export async function listTargets(db: EntityManager, at: AtRevision): Promise<TargetPopulation[]> {
  const held = (table: string, order: string) =>
    db.query(
      `SELECT * FROM ${table} WHERE dataset_id = $1 AND since <= $2 AND $2 < until ORDER BY target COLLATE "C", ${order}`,
      [at.datasetId, at.asOf],
    );
  const margins: TargetShareRow[] = await held('target_share', 'factor COLLATE "C", level COLLATE "C"');
  const joint: TargetStratumRow[] = await held('target_stratum', 'levels COLLATE "C"');
  const targets = [
    ...byTarget(margins).map((rows) => ({ ...headOf(rows[0]!), shares: rows.map(shareOf), strata: [] })),
    ...byTarget(joint).map((rows) => {
      const strata = rows.map(stratumOf);
      return { ...headOf(rows[0]!), shares: marginsOf(strata), strata };
    }),
  ];
  return targets.sort((one, other) => compareText(one.name, other.name));
}

function byTarget<Row extends { readonly target: string }>(rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.target) ?? [];
    groups.set(row.target, group);
    group.push(row);
  }
  return [...groups.values()];
}

function headOf({ dataset_id, target, source, dated }: TargetShareRow | TargetStratumRow) {
  return { datasetId: dataset_id, name: target, source, dated };
}

function shareOf({ factor, level, share }: TargetShareRow): TargetShare {
  return { factor, level, share };
}

function stratumOf({ levels, share, structural_zero }: TargetStratumRow): TargetStratum {
  const pairs: [string, string][] = JSON.parse(levels);
  const named = pairs.map(([factor, level]) => ({ factor, level }));
  return { levels: named, share, structuralZero: structural_zero };
}

interface Change {
  readonly datasetId: string;
  readonly revision: number;
}

/** Opens this target; one of the same name in force is closed. */
export async function replaceTarget(db: EntityManager, at: Change, target: TargetDeclaration): Promise<void> {
  await closeTarget(db, at, target.name);
  const { name, source, dated } = target;
  const common = { dataset_id: at.datasetId, since: at.revision, target: name, source, dated };
  const columns = {
    dataset_id: 'uuid',
    since: 'int',
    target: 'text',
    source: 'text',
    dated: 'text',
    share: 'text',
  };
  const shares = target.shares.map((row) => ({ ...common, ...row }));
  await insertRows(db, 'target_share', { ...columns, factor: 'text', level: 'text' }, shares);
  const strata = target.strata.map(({ levels, share, structuralZero }) => ({
    ...common,
    levels: canonicalJson(levels.map(({ factor, level }) => [factor, level])),
    share,
    structural_zero: structuralZero,
  }));
  await insertRows(db, 'target_stratum', { ...columns, levels: 'text', structural_zero: 'boolean' }, strata);
}

/** Closes the target of this name. */
export async function closeTarget(
  db: EntityManager,
  { datasetId, revision }: Change,
  name: string,
): Promise<void> {
  for (const table of ['target_share', 'target_stratum'])
    await db.query(
      `UPDATE ${table} SET until = $3 WHERE dataset_id = $1 AND target = $2 AND until = ${OPEN_REVISION}`,
      [datasetId, name, revision],
    );
}
