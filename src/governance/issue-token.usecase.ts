import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { newAccessToken } from './access-token.ts';
import { recorded } from './audit.store.ts';
import { checkTokenRequest } from './manage-access.ts';
import { requireMay } from './policy.ts';
import { type AccessToken, findPrincipal, insertToken } from './principals.store.ts';

export interface IssuedToken {
  /** The secret itself: this is the only time it is shown. */
  readonly token: string;
  readonly accessToken: AccessToken;
}

export async function issueToken(
  context: Context,
  input: { principal: string; label: string; scopes: string[]; expiresAt: Date | null },
): Promise<IssuedToken> {
  requireMay(context, 'access.administer', INSTANCE_SCOPE);
  const scopes = checkTokenRequest(input, context.now());
  return recorded(
    context,
    { action: 'token.issue', subject: `principal:${input.principal}`, detail: { scopes } },
    async ({ db, now }) => {
      const principal = await findPrincipal(db, input.principal);
      if (!principal)
        throw new DomainError(
          'NOT_FOUND',
          `principal: no principal is named "${input.principal}"; create it first.`,
        );
      const { token, hash } = newAccessToken();
      const stored = {
        principalId: principal.id,
        label: input.label,
        hash,
        scopes,
        expiresAt: input.expiresAt,
      };
      return { token, accessToken: await insertToken(db, stored, now()) };
    },
  );
}
