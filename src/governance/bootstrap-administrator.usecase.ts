import { INSTANCE_SCOPE, TOKEN_SCOPES } from '../kernel/actor.ts';
import type { Context } from '../platform/context.ts';
import { newAccessToken } from './access-token.ts';
import { insertToken } from './access-tokens.store.ts';
import { recorded } from './audit.store.ts';
import { findPrincipal, insertGrant, insertPrincipal } from './principals.store.ts';

/**
 * The first administrator, made once on an empty instance: no one exists yet whose right could be asked. `keep` puts
 * the token where its owner finds it, before anything is committed.
 */
export async function bootstrapAdministrator(
  context: Context,
  keep: (token: string) => Promise<void>,
): Promise<void> {
  if (await findPrincipal(context.db, 'administrator')) return;
  await recorded(context, { action: 'instance.bootstrap', subject: 'instance' }, async ({ db, now }) => {
    const principal = await insertPrincipal(db, { name: 'administrator', kind: 'HUMAN' }, now());
    if (!principal) return;
    const { token, hash } = newAccessToken();
    await insertToken(
      db,
      {
        principalId: principal.id,
        label: 'first administrator',
        hash,
        scopes: TOKEN_SCOPES,
        datasetIds: null,
        expiresAt: null,
      },
      now(),
    );
    await insertGrant(
      db,
      {
        principalId: principal.id,
        scope: INSTANCE_SCOPE,
        role: 'ADMINISTRATOR',
        grantedBy: 'instance',
        expiresAt: null,
      },
      now(),
    );
    await keep(token);
  });
}
