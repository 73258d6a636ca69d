import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { keepingAnAdministrator } from './administrators.store.ts';
import { recorded } from './audit.store.ts';
import { deleteMember, findGroup, insertGroup, upsertMember } from './groups.store.ts';
import { checkPrincipalName, checkTerm } from './manage-access.ts';
import { requireMay } from './policy.ts';
import { findPrincipal } from './principals.store.ts';

export interface Member {
  readonly group: string;
  readonly principal: string;
}

export async function createGroup(context: Context, { name }: { name: string }): Promise<{ name: string }> {
  requireMay(context, 'access.administer', INSTANCE_SCOPE);
  checkPrincipalName(name);
  return recorded(context, { action: 'group.create', subject: `group:${name}` }, async ({ db, now }) => {
    if (!(await insertGroup(db, name, now())))
      throw new DomainError(
        'CONFLICT',
        `name: a principal or a group is named "${name}" already; choose another name.`,
      );
    return { name };
  });
}

/** Who is a member already takes the new term. */
export async function addToGroup(
  context: Context,
  { expiresAt, ...member }: Member & { readonly expiresAt: Date | null },
): Promise<Member & { readonly expiresAt: Date | null }> {
  requireMay(context, 'access.administer', INSTANCE_SCOPE);
  checkTerm(expiresAt, context.now());
  const detail = { principal: member.principal, expiresAt: expiresAt?.toISOString() ?? null };
  const entry = { action: 'group.add', subject: `group:${member.group}`, detail };
  return recorded(context, entry, async (inner) => {
    const ids = await idsOf(inner, member);
    await keepingAnAdministrator(inner.db, () => upsertMember(inner.db, { ...ids, expiresAt }, inner.now()));
    return { ...member, expiresAt };
  });
}

/** What the member held by the group alone ends at once. */
export async function removeFromGroup(context: Context, member: Member): Promise<Member> {
  requireMay(context, 'access.administer', INSTANCE_SCOPE);
  const detail = { principal: member.principal };
  const entry = { action: 'group.remove', subject: `group:${member.group}`, detail };
  return recorded(context, entry, async (inner) => {
    const ids = await idsOf(inner, member);
    await keepingAnAdministrator(inner.db, () => deleteMember(inner.db, ids));
    return member;
  });
}

async function idsOf({ db }: Context, member: Member): Promise<{ groupId: string; principalId: string }> {
  const groupId = await findGroup(db, member.group);
  if (!groupId)
    throw new DomainError('NOT_FOUND', `group: no group is named "${member.group}"; create it first.`);
  const principal = await findPrincipal(db, member.principal);
  if (!principal)
    throw new DomainError(
      'NOT_FOUND',
      `principal: no principal is named "${member.principal}"; create it first.`,
    );
  return { groupId, principalId: principal.id };
}
