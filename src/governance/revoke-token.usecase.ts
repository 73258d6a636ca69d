import type { Context } from '../platform/context.ts';
import { revokeTokenRow } from './access-tokens.store.ts';
import { recorded } from './audit.store.ts';
import { manageableToken } from './manageable-token.store.ts';

/** Ends a token at once, with the secret that a rotation replaced. */
export async function revokeToken(context: Context, input: { id: string }): Promise<{ id: string }> {
  return recorded(context, { action: 'token.revoke', subject: `token:${input.id}` }, async (inner) => {
    const held = await manageableToken(inner, input.id);
    await revokeTokenRow(inner.db, held.id, inner.now());
    return { id: held.id };
  });
}
