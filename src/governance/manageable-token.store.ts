import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { type AccessToken, findTokenInForce } from './access-tokens.store.ts';
import { may } from './policy.ts';

/**
 * A token in force that whoever asks may rotate or revoke: any, for who administers the instance; one's own by a token that carries
 * ADMINISTER, and the very token that came by itself. Who may not is told so before anything is looked up.
 */
export async function manageableToken(context: Context, id: string): Promise<AccessToken> {
  const { actor, db, now } = context;
  const isAdministrator = may(actor, 'access.administer', INSTANCE_SCOPE);
  if (!isAdministrator && id !== actor!.tokenId) requireOwnAdministration(context);
  const principalId = isAdministrator ? null : actor!.principalId;
  const held = await findTokenInForce(db, { id, principalId }, now());
  const isAsNarrow = (datasets: readonly string[]) =>
    held?.datasetIds?.every((one) => datasets.includes(one)) ?? false;
  if (!held || (actor!.datasets !== null && !isAsNarrow(actor!.datasets)))
    throw new DomainError('NOT_FOUND', `id: no token "${id}" that you may manage is in force.`);
  return held;
}

/** One's own tokens are managed by a token that was given for that: whoever finds another cannot make itself more of them. */
export function requireOwnAdministration({ actor }: Context): void {
  if (actor!.tokenScopes.includes('ADMINISTER')) return;
  throw new DomainError(
    'FORBIDDEN',
    `${actor!.name} asks with a token that does not carry ADMINISTER: your own tokens are managed with one that does.`,
  );
}
