import { INSTANCE_SCOPE, type PrincipalKind } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { recorded } from './audit.store.ts';
import { checkPrincipalName } from './manage-access.ts';
import { requireMay } from './policy.ts';
import { insertPrincipal, type Principal } from './principals.store.ts';

export async function createPrincipal(
  context: Context,
  input: { name: string; kind: PrincipalKind },
): Promise<Principal> {
  requireMay(context, 'access.administer', INSTANCE_SCOPE);
  checkPrincipalName(input.name);
  if (input.kind === 'GROUP')
    throw new DomainError('BAD_INPUT', 'kind: a group is made by `createGroup`; name HUMAN or MACHINE.');
  return recorded(
    context,
    { action: 'principal.create', subject: `principal:${input.name}` },
    async ({ db, now }) => {
      const principal = await insertPrincipal(db, input, now());
      if (!principal)
        throw new DomainError(
          'CONFLICT',
          `name: the principal "${input.name}" exists already; choose another name.`,
        );
      return principal;
    },
  );
}
