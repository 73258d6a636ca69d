/** Who asks. `grants` and `tokenScopes` are read once per request, so that every decision after is pure. */
export interface Actor {
  readonly principalId: string;
  readonly name: string;
  /** A grant that the request itself makes (a new dataset is its maker's) counts for the rest of the request. */
  readonly grants: Grant[];
  /** What the token itself allows, at most; a token never widens its principal's roles. */
  readonly tokenScopes: readonly TokenScope[];
}

export interface Grant {
  /** `instance`, or `dataset:<uuid>`. A string with no foreign key: an audit line must outlive what it names. */
  readonly scope: string;
  readonly role: Role;
}

export const ROLES = ['READER', 'ANNOTATOR', 'CURATOR', 'ADMINISTRATOR'] as const;
export type Role = (typeof ROLES)[number];

export const TOKEN_SCOPES = ['READ', 'WRITE', 'ADMINISTER'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

export const INSTANCE_SCOPE = 'instance';

export function datasetScope(datasetId: string): string {
  return `dataset:${datasetId}`;
}
