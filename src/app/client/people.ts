import { accepted, ask, PROBLEM } from './graphql.ts';
import type { ServerAccess } from './http.ts';
import type { ToldToken } from './tokens.ts';
import { TOKEN_FIELDS } from './tokens.ts';

export interface ToldGrant {
  readonly principal: string;
  readonly principalKind: string;
  readonly role: string;
  /** Null: the whole instance. */
  readonly dataset: string | null;
  readonly grantedBy: string;
  readonly expiresAt: string | null;
}

export interface ToldMembership {
  readonly group: string;
  readonly principal: string;
  readonly expiresAt: string | null;
}

export interface ToldPrincipal {
  readonly name: string;
  readonly kind: string;
  readonly createdAt: string;
  readonly disabledAt: string | null;
  readonly grants: readonly ToldGrant[];
  readonly groups: readonly ToldMembership[];
  readonly members: readonly ToldMembership[];
  readonly tokens: readonly ToldToken[];
}

const GRANT = 'principal principalKind role dataset grantedBy expiresAt';
const PRINCIPAL = `name kind createdAt disabledAt grants { ${GRANT} } groups { group principal expiresAt }
  members { group principal expiresAt } tokens { ${TOKEN_FIELDS} }`;

interface PrincipalPage {
  readonly principals: {
    readonly nodes: readonly ToldPrincipal[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** People, machines and groups, by name. */
export async function* listPrincipals(
  access: ServerAccess,
  filter: { readonly kind: string | null; readonly nameContains: string | null },
): AsyncGenerator<ToldPrincipal> {
  const query = `query Principals($kind: PrincipalKind, $nameContains: String, $after: String) {
    principals(kind: $kind, nameContains: $nameContains, first: 100, after: $after) {
      nodes { ${PRINCIPAL} } pageInfo { hasNextPage endCursor } } }`;
  let after: string | null = null;
  do {
    const answer: PrincipalPage = await ask<PrincipalPage>(access, query, { ...filter, after });
    yield* answer.principals.nodes;
    const { hasNextPage, endCursor } = answer.principals.pageInfo;
    after = hasNextPage ? endCursor : null;
  } while (after !== null);
}

export async function readPrincipal(access: ServerAccess, name: string): Promise<ToldPrincipal> {
  const query = `query Principal($name: String!) { principal(name: $name) { ${PRINCIPAL} } }`;
  return (await ask<{ principal: ToldPrincipal }>(access, query, { name })).principal;
}

/** Who was given what on a dataset. */
export async function listGrantsOn(access: ServerAccess, slug: string): Promise<readonly ToldGrant[]> {
  const query = `query Grants($slug: String!) { dataset(slug: $slug) { grants { ${GRANT} } } }`;
  return (await ask<{ dataset: { grants: ToldGrant[] } }>(access, query, { slug })).dataset.grants;
}

/** The mutations that change who may do what; what each answers is not needed. */
type Deed =
  | 'createPrincipal'
  | 'createGroup'
  | 'addToGroup'
  | 'removeFromGroup'
  | 'disablePrincipal'
  | 'enablePrincipal'
  | 'revokeRole';

export async function changeAccess(access: ServerAccess, deed: Deed, input: object): Promise<void> {
  const type = deed === 'revokeRole' ? 'RoleInput' : `${deed[0]!.toUpperCase()}${deed.slice(1)}Input`;
  const query = `mutation Change($input: ${type}!) { changed: ${deed}(input: $input) { __typename ${PROBLEM} } }`;
  accepted((await ask<{ changed: object }>(access, query, { input })).changed);
}

export async function grantRole(
  access: ServerAccess,
  input: { readonly principal: string; readonly role: string; readonly dataset: string | null },
  expiresAt: string | null,
): Promise<void> {
  const query = `mutation Grant($input: RoleInput!, $expiresAt: DateTimeISO) {
    grantRole(input: $input, expiresAt: $expiresAt) { __typename ${PROBLEM} } }`;
  accepted((await ask<{ grantRole: object }>(access, query, { input, expiresAt })).grantRole);
}
