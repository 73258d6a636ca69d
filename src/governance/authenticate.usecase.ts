import type { Actor } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { Services } from '../platform/context.ts';
import { tokenOf } from './access-token.ts';
import { findActor } from './principals.store.ts';

/** Who asks. No header is nobody; a header that names no valid token is refused, never taken for nobody. */
export async function authenticate(
  services: Services,
  authorization: string | undefined,
): Promise<Actor | null> {
  if (!authorization) return null;
  const token = tokenOf(authorization);
  const actor = token && (await findActor(services.db, sha256Hex(token), services.now()));
  if (!actor)
    throw new DomainError('UNAUTHENTICATED', 'The token is unknown, expired or revoked; ask for a new one.');
  return actor;
}
