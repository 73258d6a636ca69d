/** Who asks. `grants` and `tokenScopes` are read once per request, so that every decision after is pure. */
export interface Actor {
  readonly principalId: string;
  readonly name: string;
  /** A grant that the request itself makes (a new dataset is its maker's) counts for the rest of the request. */
  readonly grants: Grant[];
  /** What the token itself allows, at most; a token never widens its principal's roles. */
  readonly tokenScopes: readonly TokenScope[];
  /** The datasets that the token is narrowed to, by id; null: it is not. `grants` are narrowed already: this is for what is a principal's own. */
  readonly datasets: readonly string[] | null;
  /** The token of this server that came; null: none did, or one by the secret that a rotation replaced. */
  readonly tokenId: string | null;
}

export interface Grant {
  /** `instance`, or `dataset:<uuid>`. A string with no foreign key: an audit line must outlive what it names. */
  readonly scope: string;
  readonly role: Role | Privilege;
}

/** Whether a principal is a person, a machine, or several of them together. */
export const PRINCIPAL_KINDS = ['HUMAN', 'MACHINE', 'GROUP'] as const;
export type PrincipalKind = (typeof PRINCIPAL_KINDS)[number];

/** What a grant may allow by itself. */
export const PRIVILEGES = [
  'READ',
  'READ_PIXELS',
  'READ_RESTRICTED',
  'ANNOTATE',
  'CURATE',
  'PUBLISH',
  'REVIEW',
  'GOVERN',
  'READ_AUDIT',
  'ADMINISTER',
] as const;
export type Privilege = (typeof PRIVILEGES)[number];

/** Privileges that are usually granted together. */
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

export const TOKEN_SCOPES = ['READ', 'WRITE', 'ADMINISTER'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

export const INSTANCE_SCOPE = 'instance';

export function datasetScope(datasetId: string): string {
  return `dataset:${datasetId}`;
}

/** The dataset's id; null where the scope is none's. */
export function datasetOfScope(scope: string): string | null {
  return scope.startsWith('dataset:') ? scope.slice('dataset:'.length) : null;
}
