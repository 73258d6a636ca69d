import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { newAccessToken } from './access-token.ts';
import { type AccessToken, replaceSecret } from './access-tokens.store.ts';
import { recorded } from './audit.store.ts';
import { manageableToken } from './manageable-token.store.ts';

const MINUTE = 60_000;
const LONGEST_GRACE_MINUTES = 1_440;

/**
 * Gives a token another secret; what it allows and when it ends stay. The secret it had ends at once, or after the grace; one that an
 * earlier rotation replaced ends at once.
 */
export async function rotateToken(
  context: Context,
  { id, graceMinutes }: { readonly id: string; readonly graceMinutes: number },
): Promise<{ readonly token: string; readonly accessToken: AccessToken }> {
  if (graceMinutes < 0 || graceMinutes > LONGEST_GRACE_MINUTES)
    throw new DomainError(
      'BAD_INPUT',
      `graceMinutes: ${graceMinutes} is not between 0 and ${LONGEST_GRACE_MINUTES}; issue a second token where both are needed longer.`,
    );
  const entry = { action: 'token.rotate', subject: `token:${id}`, detail: { graceMinutes } };
  return recorded(context, entry, async (inner) => {
    const accessToken = await manageableToken(inner, id);
    const { token, hash } = newAccessToken();
    const previousUntil = new Date(inner.now().getTime() + graceMinutes * MINUTE);
    await replaceSecret(inner.db, accessToken.id, { hash, previousUntil });
    return { token, accessToken };
  });
}
