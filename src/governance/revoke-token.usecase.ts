import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { recorded } from './audit.store.ts';
import { requireMay } from './policy.ts';
import { revokeTokenRow } from './principals.store.ts';

export async function revokeToken(context: Context, input: { id: string }): Promise<{ id: string }> {
  requireMay(context, 'access.administer', INSTANCE_SCOPE);
  return recorded(context, { action: 'token.revoke', subject: `token:${input.id}` }, async ({ db, now }) => {
    if (!(await revokeTokenRow(db, input.id, now()))) {
      throw new DomainError('NOT_FOUND', `id: no token "${input.id}" is in force.`);
    }
    return input;
  });
}
