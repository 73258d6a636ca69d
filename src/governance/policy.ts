import {
  type Actor,
  INSTANCE_SCOPE,
  PRIVILEGES,
  type Privilege,
  ROLES,
  type Role,
  type TokenScope,
} from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';

/** Everything that can be done, each with the token scope it needs. */
export const ACTIONS = {
  'dataset.read': 'READ',
  'pixels.read': 'READ',
  'restricted.read': 'READ',
  'snapshot.fetch': 'READ',
  'consumers.read': 'READ',
  'dataset.create': 'WRITE',
  'dataset.curate': 'WRITE',
  'blob.write': 'WRITE',
  'annotation.write': 'WRITE',
  'split.write': 'WRITE',
  'snapshot.publish': 'WRITE',
  'snapshot.review': 'WRITE',
  'snapshot.deprecate': 'WRITE',
  'terms.declare': 'WRITE',
  'rules.declare': 'WRITE',
  'image.withdraw': 'WRITE',
  'run.report': 'READ',
  'audit.read': 'ADMINISTER',
  'access.administer': 'ADMINISTER',
} as const satisfies Record<string, TokenScope>;

export type Action = keyof typeof ACTIONS;

const PRIVILEGE_ACTIONS: Readonly<Record<Privilege, readonly Action[]>> = {
  READ: ['dataset.read', 'snapshot.fetch', 'run.report'],
  READ_PIXELS: ['pixels.read'],
  READ_RESTRICTED: ['restricted.read'],
  ANNOTATE: ['annotation.write'],
  CURATE: ['dataset.create', 'dataset.curate', 'blob.write', 'split.write'],
  PUBLISH: ['snapshot.publish', 'snapshot.deprecate'],
  REVIEW: ['snapshot.review'],
  GOVERN: ['terms.declare', 'rules.declare', 'image.withdraw', 'consumers.read'],
  READ_AUDIT: ['audit.read'],
  ADMINISTER: ['access.administer'],
};

const ROLE_PRIVILEGES: Readonly<Record<Role, readonly Privilege[]>> = {
  VIEWER: ['READ'],
  READER: ['READ', 'READ_PIXELS'],
  ANNOTATOR: ['READ', 'READ_PIXELS', 'ANNOTATE'],
  REVIEWER: ['READ', 'READ_PIXELS', 'READ_RESTRICTED', 'REVIEW'],
  CURATOR: ['READ', 'READ_PIXELS', 'READ_RESTRICTED', 'ANNOTATE', 'CURATE', 'PUBLISH'],
  STEWARD: ['READ', 'READ_PIXELS', 'READ_RESTRICTED', 'GOVERN'],
  AUDITOR: ['READ', 'READ_AUDIT'],
  ADMINISTRATOR: PRIVILEGES,
};

const isRole = (name: Role | Privilege): name is Role => (ROLES as readonly string[]).includes(name);

/** What a role, or one privilege, allows. */
export function actionsOf(granted: Role | Privilege): readonly Action[] {
  const privileges = isRole(granted) ? ROLE_PRIVILEGES[granted] : [granted];
  return privileges.flatMap((privilege) => PRIVILEGE_ACTIONS[privilege]);
}

/** Law 7: denied unless a grant of the actor, there or on the instance, says otherwise and the token carries the scope. */
export function may(actor: Actor | null, action: Action, scope: string): boolean {
  if (!actor?.tokenScopes.includes(ACTIONS[action])) return false;
  return actor.grants.some(
    (grant) =>
      (grant.scope === scope || grant.scope === INSTANCE_SCOPE) && actionsOf(grant.role).includes(action),
  );
}

/** The privileges that the actor has there, whole: as far as its token carries them. */
export function privilegesOn(actor: Actor | null, scope: string): Privilege[] {
  return PRIVILEGES.filter((privilege) =>
    PRIVILEGE_ACTIONS[privilege].every((action) => may(actor, action, scope)),
  );
}

/** Whether the actor may do this somewhere; for bytes, which belong to no dataset until an image names them. */
export function maySomewhere(actor: Actor | null, action: Action): boolean {
  return actor?.grants.some((grant) => may(actor, action, grant.scope)) ?? false;
}

/** A request as the policy sees it. `decisions` remembers what was asked, so that a use case cannot forget to ask. */
export interface Judged {
  readonly actor: Actor | null;
  readonly decisions: Set<string>;
}

export function requireMay(request: Judged, action: Action, scope: string): void {
  request.decisions.add(action);
  if (may(request.actor, action, scope)) return;
  throw refusal(request.actor, action, scope);
}

export function requireMaySomewhere(request: Judged, action: Action): void {
  request.decisions.add(action);
  if (maySomewhere(request.actor, action)) return;
  throw refusal(request.actor, action, 'any dataset');
}

function refusal(actor: Actor | null, action: Action, scope: string): DomainError {
  if (!actor)
    return new DomainError('UNAUTHENTICATED', `"${action}" needs a token; none came with the request.`);
  return new DomainError(
    'FORBIDDEN',
    `${actor.name} may not do "${action}" on ${scope}; ask an administrator for a role or a token that allows it.`,
  );
}
