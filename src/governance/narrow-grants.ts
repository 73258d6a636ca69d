import { datasetScope, type Grant, INSTANCE_SCOPE } from '../kernel/actor.ts';

/**
 * What is left of a principal's grants to a token of these datasets: those on them, and of those on the whole instance what they mean
 * there. Nothing of the instance itself is left, nor of a dataset that is open to everyone and not among them.
 */
export function narrowGrants(grants: readonly Grant[], datasets: readonly string[] | null): Grant[] {
  if (datasets === null) return [...grants];
  const scopes = datasets.map(datasetScope);
  return grants.flatMap(({ scope, role }) =>
    scopes.filter((one) => scope === INSTANCE_SCOPE || scope === one).map((one) => ({ scope: one, role })),
  );
}
