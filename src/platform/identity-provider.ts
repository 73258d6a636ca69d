import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { DomainError } from '../kernel/errors.ts';

/** Who an identity provider says that a token speaks for. Names and addresses of people are not read. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Words of the claim `scope`. */
  readonly scopes: readonly string[];
}

/** An OpenID Connect provider whose tokens are taken in place of the server's own. */
export interface IdentityProvider {
  /** Proves a JSON Web Token (RFC 7519, RFC 9068). UNAUTHENTICATED: it is not this provider's, or not for here, or over; UNAVAILABLE: nobody can tell now. */
  verify(token: string): Promise<Identity>;
}

export interface IdentityProviderPlace {
  readonly issuer: string;
  readonly audience: string;
}

/** Signatures by a public key alone: `none` and a shared secret prove nothing. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'EdDSA',
  'Ed25519',
];
const CLOCK_TOLERANCE_SECONDS = 60;
const KEYS = { cooldownDuration: 30_000, cacheMaxAge: 600_000, timeoutDuration: 5_000 };

/** What is at fault with the token itself; anything else is the provider's or the network's. */
const OF_THE_TOKEN = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
];

/** Keys are fetched when first needed and kept; one that is not known is looked for again, at most twice a minute. */
export function openIdentityProvider(
  { issuer, audience }: IdentityProviderPlace,
  now: () => Date,
): IdentityProvider {
  let keys: ReturnType<typeof createRemoteJWKSet> | null = null;
  return {
    async verify(token) {
      try {
        keys ??= createRemoteJWKSet(await keysAddress(issuer), KEYS);
        const { payload } = await jwtVerify(token, keys, {
          issuer,
          audience,
          algorithms: ALGORITHMS,
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
          currentDate: now(),
          requiredClaims: ['sub', 'exp'],
        });
        return { issuer, subject: payload.sub!, scopes: scopesOf(payload) };
      } catch (error) {
        if (OF_THE_TOKEN.some((kind) => error instanceof kind))
          throw new DomainError(
            'UNAUTHENTICATED',
            `The token of ${issuer} is refused: ${(error as Error).message}; sign in again.`,
          );
        throw new DomainError(
          'UNAVAILABLE',
          `The identity provider ${issuer} cannot be asked for its keys; try again in a moment.`,
        );
      }
    },
  };
}

/** OpenID Connect Discovery 1.0 §4: the document names the very issuer, or it is another's. */
async function keysAddress(issuer: string): Promise<URL> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(5_000) });
  const document = (await response.json()) as { issuer?: string; jwks_uri?: string };
  if (document.issuer !== issuer || document.jwks_uri === undefined)
    throw new Error(`${address} is not the document of ${issuer}`);
  return new URL(document.jwks_uri);
}

function scopesOf({ scope }: JWTPayload & { scope?: unknown }): string[] {
  return typeof scope === 'string' ? scope.split(' ').filter((word) => word !== '') : [];
}
