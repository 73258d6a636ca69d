import { randomUUID } from 'node:crypto';
import type { Actor } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { Context, Services } from '../platform/context.ts';
import type { Identity } from '../platform/identity-provider.ts';
import { isOwnToken, tokenOf } from './access-token.ts';
import { findActor, noteTokenUse } from './access-tokens.store.ts';
import { recorded } from './audit.store.ts';
import { findIdentity, insertIdentity, type TiedPrincipal } from './identities.store.ts';
import { identityName, identityScopes } from './identity-scopes.ts';
import { findActorOfPrincipal, findPrincipal, insertPrincipal } from './principals.store.ts';

/**
 * Who asks: by a token of this server, or by one of its identity provider. No header is nobody; a header that names no valid token
 * is refused, never taken for nobody. A token of this server is looked up by its hash, so that how long it takes tells nothing of it.
 */
export async function authenticate(
  services: Services,
  authorization: string | undefined,
): Promise<Actor | null> {
  if (!authorization) return null;
  const token = tokenOf(authorization);
  if (token !== null && !isOwnToken(token) && services.identityProvider)
    return actorOfIdentity(services, await services.identityProvider.verify(token));
  const found = token && (await findActor(services.db, sha256Hex(token), services.now()));
  if (!found)
    throw new DomainError('UNAUTHENTICATED', 'The token is unknown, expired or revoked; ask for a new one.');
  if (found.isUseNews) await noteTokenUse(services.db, found.tokenId, services.now());
  return found.actor;
}

async function actorOfIdentity(services: Services, identity: Identity): Promise<Actor> {
  const tied = (await findIdentity(services.db, identity)) ?? (await welcome(services, identity));
  if (tied.isDisabled)
    throw new DomainError('UNAUTHENTICATED', 'Who signed in is disabled here; ask an administrator.');
  return findActorOfPrincipal(services.db, tied.principalId, identityScopes(identity.scopes), services.now());
}

/** Who comes for the first time becomes a principal who may do nothing yet; on the record. */
async function welcome(services: Services, { issuer, subject }: Identity): Promise<TiedPrincipal> {
  const context: Context = {
    ...services,
    actor: null,
    origin: services.publicUrl ?? 'http://localhost',
    requestId: randomUUID(),
    decisions: new Set(),
  };
  const name = identityName(issuer, subject);
  const entry = { action: 'principal.create', subject: `principal:${name}`, detail: { issuer } };
  return recorded(context, entry, async ({ db, now }) => {
    const made = await insertPrincipal(db, { name, kind: 'HUMAN' }, now());
    const principal = made ?? (await findPrincipal(db, name))!;
    return insertIdentity(db, { issuer, subject, principalId: principal.id }, now());
  });
}
