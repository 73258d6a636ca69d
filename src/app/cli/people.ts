import {
  changeAccess,
  grantRole,
  listGrantsOn,
  listPrincipals,
  readPrincipal,
  type ToldGrant,
  type ToldPrincipal,
} from '../client/people.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson, printTable } from './print.ts';
import { printTokens } from './tokens.ts';

/** Lists people, machines and groups, or who was given what on a dataset. */
export async function list(
  options: AccessOptions & { kind?: string; name?: string; dataset?: string },
): Promise<void> {
  const access = await accessOf(options);
  if (options.dataset !== undefined) {
    const grants = await listGrantsOn(access, options.dataset);
    return options.json ? printJson(grants) : printGrants(grants);
  }
  const filter = { kind: options.kind?.toUpperCase() ?? null, nameContains: options.name ?? null };
  const found: ToldPrincipal[] = [];
  for await (const principal of listPrincipals(access, filter)) found.push(principal);
  if (options.json) return printJson(found);
  const rows = found.map(({ name, kind, disabledAt, grants, groups, tokens }) => [
    name,
    disabledAt === null ? kind.toLowerCase() : `${kind.toLowerCase()}, disabled`,
    grants.map(({ role, dataset }) => `${role} on ${placeOf(dataset)}`).join(', '),
    groups.map(({ group }) => group).join(', '),
    tokens.length,
  ]);
  printTable(['name', 'kind', 'was given', 'groups', 'tokens'], rows);
}

/** Prints all that is known of one of them. */
export async function show(name: string, options: AccessOptions): Promise<void> {
  const held = await readPrincipal(await accessOf(options), name);
  if (options.json) return printJson(held);
  print(`${held.name}, ${held.kind.toLowerCase()}${held.disabledAt ? `, disabled ${held.disabledAt}` : ''}`);
  for (const { group, expiresAt } of held.groups) print(`in ${group}${untilOf(expiresAt)}`);
  for (const { principal, expiresAt } of held.members) print(`has ${principal}${untilOf(expiresAt)}`);
  if (held.grants.length > 0) printGrants(held.grants);
  if (held.tokens.length > 0) printTokens(held.tokens);
}

export async function create(name: string, options: AccessOptions & { kind: string }): Promise<void> {
  const kind = options.kind.toUpperCase();
  await changeAccess(await accessOf(options), 'createPrincipal', { name, kind });
  tell(options, { name, kind }, `${name} is known, and may do nothing yet.`);
}

export async function disable(name: string, options: AccessOptions): Promise<void> {
  await changeAccess(await accessOf(options), 'disablePrincipal', { name });
  tell(options, { name }, `${name} is refused from now on.`);
}

export async function enable(name: string, options: AccessOptions): Promise<void> {
  await changeAccess(await accessOf(options), 'enablePrincipal', { name });
  tell(options, { name }, `${name} is taken again.`);
}

type PlaceOptions = AccessOptions & { dataset?: string; until?: string };

export async function grant(name: string, role: string, options: PlaceOptions): Promise<void> {
  const dataset = options.dataset ?? null;
  const expiresAt = options.until ?? null;
  await grantRole(await accessOf(options), { principal: name, role, dataset }, expiresAt);
  const granted = { principal: name, role, dataset, expiresAt };
  tell(options, granted, `${name} holds ${role} on ${placeOf(dataset)}${untilOf(expiresAt)}.`);
}

export async function revoke(name: string, role: string, options: PlaceOptions): Promise<void> {
  const dataset = options.dataset ?? null;
  await changeAccess(await accessOf(options), 'revokeRole', { principal: name, role, dataset });
  tell(options, { principal: name, role, dataset }, `${name} does not hold ${role} on ${placeOf(dataset)}.`);
}

export async function groups(options: AccessOptions): Promise<void> {
  const found: ToldPrincipal[] = [];
  const all = { kind: 'GROUP', nameContains: null };
  for await (const group of listPrincipals(await accessOf(options), all)) found.push(group);
  if (options.json) return printJson(found.map(({ name, members }) => ({ name, members })));
  const membersOf = ({ members }: ToldPrincipal) =>
    members.map(({ principal, expiresAt }) => `${principal}${untilOf(expiresAt)}`).join(', ');
  printTable(
    ['group', 'members'],
    found.map((group) => [group.name, membersOf(group)]),
  );
}

export async function createGroup(name: string, options: AccessOptions): Promise<void> {
  await changeAccess(await accessOf(options), 'createGroup', { name });
  tell(options, { name }, `${name} has no member yet.`);
}

export async function addMember(
  group: string,
  principal: string,
  options: AccessOptions & { until?: string },
): Promise<void> {
  const member = { group, principal, expiresAt: options.until ?? null };
  await changeAccess(await accessOf(options), 'addToGroup', member);
  tell(options, member, `${principal} is in ${group}${untilOf(member.expiresAt)}.`);
}

export async function removeMember(group: string, principal: string, options: AccessOptions): Promise<void> {
  await changeAccess(await accessOf(options), 'removeFromGroup', { group, principal });
  tell(options, { group, principal }, `${principal} is not in ${group}.`);
}

function printGrants(grants: readonly ToldGrant[]): void {
  const rows = grants.map(({ principal, principalKind, role, dataset, grantedBy, expiresAt }) => [
    principal,
    principalKind.toLowerCase(),
    role,
    placeOf(dataset),
    grantedBy,
    expiresAt ?? '',
  ]);
  printTable(['who', 'kind', 'role', 'on', 'given by', 'until'], rows);
}

function tell(options: AccessOptions, done: object, sentence: string): void {
  if (options.json) printJson(done);
  else print(sentence);
}

const placeOf = (dataset: string | null): string => dataset ?? 'the instance';
const untilOf = (expiresAt: string | null): string => (expiresAt === null ? '' : ` until ${expiresAt}`);
