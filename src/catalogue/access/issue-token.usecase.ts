import { newAccessToken } from '../../governance/access-token.ts';
import { type AccessToken, findTokenInForce, insertToken } from '../../governance/access-tokens.store.ts';
import { recorded } from '../../governance/audit.store.ts';
import { checkTokenRequest, endOfToken } from '../../governance/manage-access.ts';
import { requireOwnAdministration } from '../../governance/manageable-token.store.ts';
import { type Asking, askingBySignIn, withinOwn } from '../../governance/own-token.ts';
import { may, requireMay } from '../../governance/policy.ts';
import { findPrincipal } from '../../governance/principals.store.ts';
import { INSTANCE_SCOPE } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/errors.ts';
import type { Context } from '../../platform/context.ts';
import { visibleDataset } from '../dataset.store.ts';

export interface TokenRequest {
  /** Null: whoever asks. */
  readonly principal: string | null;
  readonly label: string;
  readonly scopes: readonly string[];
  /** Slugs; null: all that the principal may know. */
  readonly datasets: readonly string[] | null;
  readonly expiresAt: Date | null;
}

export interface IssuedToken {
  /** The secret itself: this is the only time it is shown. */
  readonly token: string;
  readonly accessToken: AccessToken;
}

/** For anybody by who administers the instance; for oneself by everybody, never broader than what one asks with. */
export async function issueToken(context: Context, input: TokenRequest): Promise<IssuedToken> {
  const name = input.principal ?? context.actor!.name;
  const isAdministrator = may(context.actor, 'access.administer', INSTANCE_SCOPE);
  if (name !== context.actor!.name) requireMay(context, 'access.administer', INSTANCE_SCOPE);
  if (!isAdministrator) requireOwnAdministration(context);
  const scopes = checkTokenRequest(input, context.now());
  const asked = { scopes, datasetIds: await idsOf(context, input.datasets), expiresAt: input.expiresAt };
  const granted = isAdministrator ? asked : withinOwn(asked, await askingOf(context));
  const entry = {
    action: 'token.issue',
    subject: `principal:${name}`,
    detail: { scopes, datasets: granted.datasetIds },
  };
  return recorded(
    context,
    entry,
    async ({ db, now }) => {
      const principal = await findPrincipal(db, name);
      if (!principal)
        throw new DomainError('NOT_FOUND', `principal: no principal is named "${name}"; create it first.`);
      const { token, hash } = newAccessToken();
      const expiresAt = endOfToken(principal.kind, granted.expiresAt, now());
      const stored = { ...granted, principalId: principal.id, label: input.label, hash, expiresAt };
      return { token, accessToken: await insertToken(db, stored, now()) };
    },
    ({ accessToken }) => ({ token: accessToken.id }),
  );
}

async function idsOf(context: Context, slugs: readonly string[] | null): Promise<string[] | null> {
  if (slugs === null) return null;
  const ids = new Set<string>();
  for (const slug of slugs) ids.add((await visibleDataset(context, slug)).id);
  return [...ids];
}

/** What the token that came, or the sign-in, allows itself. */
async function askingOf({ db, actor, now }: Context): Promise<Asking> {
  const { tokenId: id, principalId, tokenScopes } = actor!;
  const held = id && (await findTokenInForce(db, { id, principalId }, now()));
  return held || askingBySignIn(tokenScopes, now());
}
