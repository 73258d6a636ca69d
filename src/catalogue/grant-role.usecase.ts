import { keepingAnAdministrator } from '../governance/administrators.store.ts';
import { recorded } from '../governance/audit.store.ts';
import { checkRole, checkTerm } from '../governance/manage-access.ts';
import { requireMay } from '../governance/policy.ts';
import { deleteGrant, findGrantee, insertGrant } from '../governance/principals.store.ts';
import { datasetScope, INSTANCE_SCOPE, type Privilege, type Role } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { visibleDataset } from './dataset.store.ts';

export interface RoleInput {
  /** Name of a principal or of a group. */
  readonly principal: string;
  readonly role: string;
  /** A dataset's slug; null is the whole instance. */
  readonly dataset: string | null;
}

export interface GrantedRole {
  readonly principal: string;
  readonly role: Role | Privilege;
  readonly dataset: string | null;
}

/** A grant that is held already takes the new term. */
export async function grantRole(
  context: Context,
  input: RoleInput & { readonly expiresAt: Date | null },
): Promise<GrantedRole & { readonly expiresAt: Date | null }> {
  const { expiresAt } = input;
  checkTerm(expiresAt, context.now());
  const term = { expiresAt: expiresAt?.toISOString() ?? null };
  const granted = await changeRole(context, input, { action: 'role.grant', term }, (inner, grant) =>
    insertGrant(inner.db, { ...grant, expiresAt, grantedBy: inner.actor!.principalId }, inner.now()),
  );
  return { ...granted, expiresAt };
}

/** Acts at once: the next request is judged without it. */
export async function revokeRole(context: Context, input: RoleInput): Promise<GrantedRole> {
  return changeRole(context, input, { action: 'role.revoke', term: {} }, (inner, grant) =>
    deleteGrant(inner.db, grant),
  );
}

async function changeRole(
  context: Context,
  input: RoleInput,
  { action, term }: { action: string; term: object },
  work: (
    context: Context,
    grant: { principalId: string; scope: string; role: Role | Privilege },
  ) => Promise<void>,
): Promise<GrantedRole> {
  const scope =
    input.dataset === null ? INSTANCE_SCOPE : datasetScope((await visibleDataset(context, input.dataset)).id);
  requireMay(context, 'access.administer', scope);
  const role = checkRole(input.role);
  const principalId = await findGrantee(context.db, input.principal);
  if (!principalId)
    throw new DomainError(
      'NOT_FOUND',
      `principal: no principal or group is named "${input.principal}"; create it first.`,
    );
  const entry = { action, subject: scope, detail: { principal: input.principal, role, ...term } };
  return recorded(context, entry, async (inner) => {
    const change = () => work(inner, { principalId, scope, role });
    await (scope === INSTANCE_SCOPE ? keepingAnAdministrator(inner.db, change) : change());
    return { principal: input.principal, role, dataset: input.dataset };
  });
}
