import { type HeldGrant, listGrantsOn } from '../../governance/held-grants.store.ts';
import { may, privilegesOn, requireMay } from '../../governance/policy.ts';
import { datasetScope, INSTANCE_SCOPE, type Privilege } from '../../kernel/actor.ts';
import type { Context } from '../../platform/context.ts';
import { listSlugs, visibleDataset } from '../dataset.store.ts';

/** Slugs of datasets by id, for a loader; null for what this token may not know of. */
export async function readSlugs({ db, actor }: Context, ids: readonly string[]): Promise<(string | null)[]> {
  const mayKnow = (id: string) =>
    may(actor, 'dataset.read', datasetScope(id)) || may(actor, 'access.administer', INSTANCE_SCOPE);
  const slugs = await listSlugs(db, ids.filter(mayKnow));
  return ids.map((id) => slugs.get(id) ?? null);
}

/** What was given on several datasets themselves, for a loader; in the order asked. */
export async function readGrantsOn(context: Context, datasetIds: readonly string[]): Promise<HeldGrant[][]> {
  const scopes = datasetIds.map(datasetScope);
  for (const scope of scopes) requireMay(context, 'access.administer', scope);
  const held = await listGrantsOn(context.db, scopes, context.now());
  return scopes.map((on) => held.filter(({ scope }) => scope === on));
}

/** The privileges of whoever asks on a dataset, or on the whole instance. */
export async function readOwnPrivileges(context: Context, slug: string | null): Promise<Privilege[]> {
  if (slug === null) return privilegesOn(context.actor, INSTANCE_SCOPE);
  return privilegesOn(context.actor, datasetScope((await visibleDataset(context, slug)).id));
}
