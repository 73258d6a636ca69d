import { listGuidelines, listRounds } from '../../annotation/annotation.store.ts';
import { findDescription } from '../../catalogue/dataset.store.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import type { Context } from '../../platform/context.ts';
import type { MadeSnapshot } from '../../snapshots/make-snapshot.store.ts';
import { checkRules, type RuleFinding } from './check-rules.ts';
import { type Reporter, reportsWanted } from './evidence.ts';
import type { PublicationRule } from './publication-rule.ts';

/** Holds a snapshot that was made against the rules: has the reports made that they read, and reads what else they ask for. */
export async function checkSnapshot(
  { db }: Context,
  dataset: Dataset,
  { snapshot, splits }: MadeSnapshot,
  rules: readonly PublicationRule[],
  reporter: Reporter,
): Promise<RuleFinding[]> {
  const at = { datasetId: dataset.id, asOf: snapshot.revision };
  const [{ dataUseTerms }, guidelines, rounds, reports] = await Promise.all([
    findDescription(db, at),
    listGuidelines(db, at),
    listRounds(db, at),
    reporter(dataset, snapshot, reportsWanted(rules, splits)),
  ]);
  return checkRules(rules, {
    ...{ snapshot, splits, dataUseTerms, rounds, reports },
    guidelines: guidelines.map(({ version }) => version),
  });
}
