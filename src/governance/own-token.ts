import type { TokenScope } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';

const DAY = 86_400_000;
const DAYS_AFTER_SIGN_IN = 90;

/** What a principal asks by, where it asks for a token of its own. */
export interface Asking {
  readonly scopes: readonly TokenScope[];
  readonly datasetIds: readonly string[] | null;
  readonly expiresAt: Date | null;
}

/** Who signed in by a provider may have tokens that outlive the sign-in, not for ever: the provider may know nothing of them any more. */
export function askingBySignIn(scopes: readonly TokenScope[], now: Date): Asking {
  return { scopes, datasetIds: null, expiresAt: new Date(now.getTime() + DAYS_AFTER_SIGN_IN * DAY) };
}

/** A token begets none that is broader or lasts longer than itself; what is not said is as with itself. */
export function withinOwn(asked: Asking, own: Asking): Asking {
  const more = asked.scopes.filter((scope) => !own.scopes.includes(scope));
  if (more.length > 0)
    throw new DomainError(
      'BAD_INPUT',
      `scopes: ${more.join(', ')} is more than the token you ask with carries; ask for less, or ask an administrator.`,
    );
  const datasetIds = asked.datasetIds ?? own.datasetIds;
  if (datasetIds?.some((id) => own.datasetIds !== null && !own.datasetIds.includes(id)))
    throw new DomainError(
      'BAD_INPUT',
      'datasets: the token you ask with is of fewer datasets; name some of them.',
    );
  const expiresAt = asked.expiresAt ?? own.expiresAt;
  if (own.expiresAt && expiresAt! > own.expiresAt)
    throw new DomainError(
      'BAD_INPUT',
      `expiresAt: a token of your own ends by ${own.expiresAt.toISOString()}; name an earlier moment, or ask an administrator.`,
    );
  return { scopes: asked.scopes, datasetIds, expiresAt };
}
