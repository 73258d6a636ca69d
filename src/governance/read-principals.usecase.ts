import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import { CURSOR_KEYS, decodeCursor, type Page, type PageRequest, pageSize, toPage } from '../kernel/page.ts';
import type { Context } from '../platform/context.ts';
import { type AccessToken, listTokensOf } from './access-tokens.store.ts';
import { listMemberships, type Membership } from './groups.store.ts';
import { type HeldGrant, listGrantsHeldBy, listGrantsOf } from './held-grants.store.ts';
import { may, requireMay } from './policy.ts';
import {
  findPrincipalOrGroup,
  listPrincipalRows,
  type Principal,
  type PrincipalFilter,
} from './principals.store.ts';

export type { Principal };

/** People, machines and groups, by name. */
export async function listPrincipals(
  context: Context,
  request: PageRequest & PrincipalFilter,
): Promise<Page<Principal>> {
  requireMay(context, 'access.administer', INSTANCE_SCOPE);
  const after = decodeCursor(request, CURSOR_KEYS.text);
  const rows = await listPrincipalRows(context.db, request, { after, limit: pageSize(request) + 1 });
  return toPage(rows, request, ({ name }) => name);
}

export async function readPrincipal(context: Context, name: string): Promise<Principal> {
  requireMay(context, 'access.administer', INSTANCE_SCOPE);
  const principal = await findPrincipalOrGroup(context.db, name);
  if (!principal)
    throw new DomainError('NOT_FOUND', `name: no principal or group is named "${name}"; create it first.`);
  return principal;
}

/** What several principals were given themselves, for a loader; in the order asked. */
export async function readGrants(
  { db, now }: Context,
  principalIds: readonly string[],
): Promise<HeldGrant[][]> {
  const held = await listGrantsOf(db, principalIds, now());
  return principalIds.map((id) => held.filter(({ principalId }) => principalId === id));
}

/** The memberships of several groups, or of several principals, for a loader; in the order asked. */
export async function readMemberships(
  { db, now }: Context,
  side: 'group' | 'principal',
  ids: readonly string[],
): Promise<Membership[][]> {
  const held = await listMemberships(db, { side, ids }, now());
  const key = side === 'group' ? 'groupId' : 'principalId';
  return ids.map((id) => held.filter((one) => one[key] === id));
}

/** The tokens of several principals, for a loader; in the order asked. */
export async function readTokens(
  { db, now }: Context,
  principalIds: readonly string[],
  ended: boolean,
): Promise<AccessToken[][]> {
  const held = await listTokensOf(db, principalIds, { now: now(), ended });
  return principalIds.map((id) => held.filter(({ principalId }) => principalId === id));
}

/** What whoever asks holds, of datasets that its token may know of. */
export async function readOwnGrants({ db, now, actor }: Context): Promise<HeldGrant[]> {
  const held = await listGrantsHeldBy(db, actor!.principalId, now());
  return held.filter(({ scope }) => scope === INSTANCE_SCOPE || may(actor, 'dataset.read', scope));
}

/** The tokens of whoever asks; to one that is narrowed to datasets, those that are as narrow alone. */
export async function readOwnTokens({ db, now, actor }: Context, ended: boolean): Promise<AccessToken[]> {
  const { principalId, datasets } = actor!;
  const held = await listTokensOf(db, [principalId], { now: now(), ended });
  return held.filter(
    ({ datasetIds }) => datasets === null || datasetIds?.every((id) => datasets.includes(id)),
  );
}
