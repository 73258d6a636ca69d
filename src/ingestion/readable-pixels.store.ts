import { requirePixelTerms } from '../acquisition/consent/require-consent.store.ts';
import { datasetsHolding } from '../catalogue/image.store.ts';
import { may } from '../governance/policy.ts';
import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import { DomainError, isDomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';

/**
 * Refuses bytes that lie in no dataset whose pixels the actor may read: they are not there, whoever asks. Who may know of them is told
 * the term that forbids them.
 */
export async function requireReadablePixels(context: Context, digest: string): Promise<void> {
  context.decisions.add('pixels.read');
  if (!context.actor)
    throw new DomainError('UNAUTHENTICATED', 'Reading bytes needs a token; none came with the request.');
  const readable = context.actor.grants
    .map(({ scope }) => scope)
    .filter((scope) => may(context.actor, 'pixels.read', scope));
  const datasetIds = readable.includes(INSTANCE_SCOPE)
    ? null
    : readable.map((scope) => scope.slice('dataset:'.length));
  const isDigest = /^[0-9a-f]{64}$/.test(digest);
  const holders =
    readable.length > 0 && isDigest ? await datasetsHolding(context.db, digest, datasetIds) : [];
  if (holders.length === 0) throw unknownBytes(digest);
  await requireTermsOfAny(context, holders, digest);
}

export function unknownBytes(digest: string): DomainError {
  return new DomainError('NOT_FOUND', `No bytes ${digest} are known to this token.`);
}

/** The same bytes may lie in several datasets: the terms of one are enough. */
async function requireTermsOfAny(
  context: Context,
  datasetIds: readonly string[],
  digest: string,
): Promise<void> {
  let refusal: unknown;
  for (const datasetId of datasetIds) {
    try {
      return await requirePixelTerms(context, { datasetId, digest });
    } catch (error) {
      if (!isDomainError(error)) throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}
