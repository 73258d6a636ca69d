import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { keepingAnAdministrator } from './administrators.store.ts';
import { recorded } from './audit.store.ts';
import { requireMay } from './policy.ts';
import { findPrincipal, type Principal, setDisabled } from './principals.store.ts';

/** Refuses every token and sign-in of a principal from the next request on; what it was given is kept. */
export async function disablePrincipal(context: Context, input: { name: string }): Promise<Principal> {
  return change(context, input.name, 'principal.disable', (inner, id) =>
    keepingAnAdministrator(inner.db, () => setDisabled(inner.db, id, inner.now())),
  );
}

/** Takes it again, with what it was given and the tokens that have not ended. */
export async function enablePrincipal(context: Context, input: { name: string }): Promise<Principal> {
  return change(context, input.name, 'principal.enable', (inner, id) => setDisabled(inner.db, id, null));
}

async function change(
  context: Context,
  name: string,
  action: string,
  work: (context: Context, id: string) => Promise<void>,
): Promise<Principal> {
  requireMay(context, 'access.administer', INSTANCE_SCOPE);
  return recorded(context, { action, subject: `principal:${name}` }, async (inner) => {
    const principal = await findPrincipal(inner.db, name);
    if (!principal)
      throw new DomainError(
        'NOT_FOUND',
        `name: no principal is named "${name}"; a group is emptied by removeFromGroup.`,
      );
    await work(inner, principal.id);
    return (await findPrincipal(inner.db, name))!;
  });
}
