import { ROLES, type Role, TOKEN_SCOPES, type TokenScope } from '../kernel/actor.ts';
import { DomainError, type Reason } from '../kernel/errors.ts';

const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;

export function checkPrincipalName(name: string): void {
  if (!NAME.test(name)) {
    throw new DomainError(
      'BAD_INPUT',
      `name: "${name}" must be 1–63 of a–z, 0–9, ".", "_", "-" and start with a letter or digit.`,
    );
  }
}

/** Refuses a token request with every fault it has. */
export function checkTokenRequest(
  request: { label: string; scopes: readonly string[]; expiresAt: Date | null },
  now: Date,
): TokenScope[] {
  const reasons: Reason[] = [];
  if (request.label.trim() === '')
    reasons.push({ path: ['label'], code: 'BAD_INPUT', message: 'label: say what the token is for.' });
  if (request.scopes.length === 0)
    reasons.push({
      path: ['scopes'],
      code: 'BAD_INPUT',
      message: `scopes: name at least one of ${TOKEN_SCOPES.join(', ')}.`,
    });
  if (request.expiresAt && request.expiresAt <= now)
    reasons.push({ path: ['expiresAt'], code: 'BAD_INPUT', message: 'expiresAt: lies in the past.' });
  if (reasons.length > 0) throw new DomainError('BAD_INPUT', 'The token request is refused.', reasons);
  return request.scopes.filter((scope): scope is TokenScope =>
    (TOKEN_SCOPES as readonly string[]).includes(scope),
  );
}

export function checkRole(role: string): Role {
  if (!(ROLES as readonly string[]).includes(role))
    throw new DomainError('BAD_INPUT', `role: "${role}" is none of ${ROLES.join(', ')}.`);
  return role as Role;
}
