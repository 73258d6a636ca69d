import { type Actor, INSTANCE_SCOPE, type Role, type TokenScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';

/** Everything that can be done, each with the token scope it needs. */
export const ACTIONS = {
  'dataset.read': 'READ',
  'pixels.read': 'READ',
  'restricted.read': 'READ',
  'snapshot.fetch': 'READ',
  'dataset.create': 'WRITE',
  'dataset.curate': 'WRITE',
  'blob.write': 'WRITE',
  'annotation.write': 'WRITE',
  'split.write': 'WRITE',
  'snapshot.publish': 'WRITE',
  'snapshot.deprecate': 'WRITE',
  'run.report': 'READ',
  'audit.read': 'ADMINISTER',
  'access.administer': 'ADMINISTER',
} as const satisfies Record<string, TokenScope>;

export type Action = keyof typeof ACTIONS;

const READER: readonly Action[] = ['dataset.read', 'pixels.read', 'snapshot.fetch', 'run.report'];
const ANNOTATOR: readonly Action[] = [...READER, 'annotation.write'];
const CURATOR: readonly Action[] = [
  ...ANNOTATOR,
  'restricted.read',
  'dataset.create',
  'dataset.curate',
  'blob.write',
  'split.write',
  'snapshot.publish',
  'snapshot.deprecate',
];
const ROLE_ACTIONS: Readonly<Record<Role, readonly Action[]>> = {
  READER,
  ANNOTATOR,
  CURATOR,
  ADMINISTRATOR: Object.keys(ACTIONS) as Action[],
};

/** Law 7: denied unless a grant of the actor, there or on the instance, says otherwise and the token carries the scope. */
export function may(actor: Actor | null, action: Action, scope: string): boolean {
  if (!actor?.tokenScopes.includes(ACTIONS[action])) return false;
  return actor.grants.some(
    (grant) =>
      (grant.scope === scope || grant.scope === INSTANCE_SCOPE) && ROLE_ACTIONS[grant.role].includes(action),
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
