import { graphql, type ResultOf } from '../../graphql.ts';

export const HeldGrantFields = graphql(`
  fragment HeldGrantFields on HeldGrant @_unmask {
    role
    dataset
    principal
    principalKind
    expiresAt
  }
`);

export const AccessTokenFields = graphql(`
  fragment AccessTokenFields on AccessToken @_unmask {
    id
    label
    scopes
    datasets
    createdAt
    expiresAt
    lastUsedAt
    revokedAt
  }
`);

export const PrincipalList = graphql(
  `
    query PrincipalList($kind: PrincipalKind, $nameContains: String, $after: String) {
      principals(first: 30, after: $after, kind: $kind, nameContains: $nameContains) {
        nodes {
          name
          kind
          createdAt
          disabledAt
          grants { ...HeldGrantFields }
          groups { group expiresAt }
          members { principal expiresAt }
          tokens { ...AccessTokenFields }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [HeldGrantFields, AccessTokenFields],
);

export type Principal = ResultOf<typeof PrincipalList>['principals']['nodes'][number];
export type Grant = ResultOf<typeof HeldGrantFields>;
export type Token = ResultOf<typeof AccessTokenFields>;

export const ROLES = [
  'VIEWER',
  'READER',
  'ANNOTATOR',
  'REVIEWER',
  'CURATOR',
  'STEWARD',
  'AUDITOR',
  'ADMINISTRATOR',
] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = ['READ', 'WRITE', 'ADMINISTER'] as const;
export type Scope = (typeof SCOPES)[number];
