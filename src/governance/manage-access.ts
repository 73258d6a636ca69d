import {
  PRIVILEGES,
  type PrincipalKind,
  type Privilege,
  ROLES,
  type Role,
  TOKEN_SCOPES,
  type TokenScope,
} from '../kernel/actor.ts';
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

/** A grant or membership that has ended already is none. */
export function checkTerm(expiresAt: Date | null, now: Date): void {
  if (expiresAt && expiresAt <= now)
    throw new DomainError(
      'BAD_INPUT',
      `expiresAt: ${expiresAt.toISOString()} lies in the past; name a later moment, or revoke instead.`,
    );
}

const MOST_DATASETS = 100;

/** Refuses a token request with every fault it has. */
export function checkTokenRequest(
  request: {
    label: string;
    scopes: readonly string[];
    datasets: readonly string[] | null;
    expiresAt: Date | null;
  },
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
  const datasetCount = request.datasets?.length ?? 1;
  if (datasetCount === 0 || datasetCount > MOST_DATASETS)
    reasons.push({
      path: ['datasets'],
      code: 'BAD_INPUT',
      message: `datasets: name 1 to ${MOST_DATASETS}, or leave it out for all that the principal may know.`,
    });
  if (request.expiresAt && request.expiresAt <= now)
    reasons.push({ path: ['expiresAt'], code: 'BAD_INPUT', message: 'expiresAt: lies in the past.' });
  if (reasons.length > 0) throw new DomainError('BAD_INPUT', 'The token request is refused.', reasons);
  return request.scopes.filter((scope): scope is TokenScope =>
    (TOKEN_SCOPES as readonly string[]).includes(scope),
  );
}

const DAY = 86_400_000;
const MACHINE_DAYS = { unlessSaid: 90, atMost: 365 };

/** When a token ends: nobody watches over a machine's, so that it always ends. */
export function endOfToken(kind: PrincipalKind, asked: Date | null, now: Date): Date | null {
  if (kind === 'HUMAN') return asked;
  const after = (days: number) => new Date(now.getTime() + days * DAY);
  if (asked && asked > after(MACHINE_DAYS.atMost))
    throw new DomainError(
      'BAD_INPUT',
      `expiresAt: a machine's token ends within ${MACHINE_DAYS.atMost} days; name an earlier moment, and issue another before then.`,
    );
  return asked ?? after(MACHINE_DAYS.unlessSaid);
}

export function checkRole(role: string): Role | Privilege {
  const granted: readonly string[] = [...ROLES, ...PRIVILEGES];
  if (!granted.includes(role))
    throw new DomainError('BAD_INPUT', `role: "${role}" is none of ${granted.join(', ')}.`);
  return role as Role | Privilege;
}
