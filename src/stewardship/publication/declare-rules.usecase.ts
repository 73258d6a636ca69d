import { lockDataset, visibleDataset } from '../../catalogue/dataset.store.ts';
import { recorded } from '../../governance/audit.store.ts';
import { requireMay } from '../../governance/policy.ts';
import { datasetScope } from '../../kernel/actor.ts';
import type { Context } from '../../platform/context.ts';
import { checkedRules, type PublicationRule, type PublicationRules, ruleKey } from './publication-rule.ts';
import { currentRules, insertRules } from './rules.store.ts';

/** Declares the rules that snapshots of a dataset have to meet, as a new version of all of them; the same rules again make none. */
export async function declarePublicationRules(
  context: Context,
  input: { readonly dataset: string; readonly rules: readonly PublicationRule[] },
): Promise<PublicationRules> {
  const { id: datasetId } = await visibleDataset(context, input.dataset);
  requireMay(context, 'rules.declare', datasetScope(datasetId));
  const rules = checkedRules(input.rules);
  const told = rules.map((rule) => ({ rule: ruleKey(rule), threshold: rule.threshold?.toString() ?? null }));
  const entry = { action: 'rules.declare', subject: datasetScope(datasetId), detail: { rules: told } };
  return recorded(
    context,
    entry,
    async ({ db, actor, now }) => {
      await lockDataset(db, datasetId);
      const held = await currentRules(db, datasetId);
      if (JSON.stringify(held.rules) === JSON.stringify(rules)) return held;
      const version = held.version + 1;
      await insertRules(db, { datasetId, version }, rules, { principalId: actor!.principalId, now: now() });
      return currentRules(db, datasetId);
    },
    ({ version }) => ({ version }),
  );
}
