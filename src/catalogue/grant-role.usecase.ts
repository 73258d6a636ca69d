import { recorded } from '../governance/audit.store.ts';
import { checkRole } from '../governance/manage-access.ts';
import { requireMay } from '../governance/policy.ts';
import { deleteGrant, findPrincipal, insertGrant } from '../governance/principals.store.ts';
import { datasetScope, INSTANCE_SCOPE, type Role } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { visibleDataset } from './dataset.store.ts';

export interface RoleInput {
  readonly principal: string;
  readonly role: string;
  /** A dataset's slug; null is the whole instance. */
  readonly dataset: string | null;
}

export interface GrantedRole {
  readonly principal: string;
  readonly role: Role;
  readonly dataset: string | null;
}

export async function grantRole(context: Context, input: RoleInput): Promise<GrantedRole> {
  return changeRole(context, input, 'role.grant', (inner, grant) =>
    insertGrant(inner.db, { ...grant, grantedBy: inner.actor!.principalId }, inner.now()),
  );
}

export async function revokeRole(context: Context, input: RoleInput): Promise<GrantedRole> {
  return changeRole(context, input, 'role.revoke', (inner, grant) => deleteGrant(inner.db, grant));
}

async function changeRole(
  context: Context,
  input: RoleInput,
  action: string,
  work: (context: Context, grant: { principalId: string; scope: string; role: Role }) => Promise<void>,
): Promise<GrantedRole> {
  const scope =
    input.dataset === null ? INSTANCE_SCOPE : datasetScope((await visibleDataset(context, input.dataset)).id);
  requireMay(context, 'access.administer', scope);
  const role = checkRole(input.role);
  const principal = await findPrincipal(context.db, input.principal);
  if (!principal)
    throw new DomainError(
      'NOT_FOUND',
      `principal: no principal is named "${input.principal}"; create it first.`,
    );
  const entry = { action, subject: scope, detail: { principal: input.principal, role } };
  return recorded(context, entry, async (inner) => {
    await work(inner, { principalId: principal.id, scope, role });
    return { principal: input.principal, role, dataset: input.dataset };
  });
}
