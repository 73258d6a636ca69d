import type { Readable } from 'node:stream';
import { digestIsHeld } from '../catalogue/image.store.ts';
import { may } from '../governance/policy.ts';
import { INSTANCE_SCOPE } from '../kernel/actor.ts';
import { DomainError } from '../kernel/errors.ts';
import type { Context } from '../platform/context.ts';
import { findContentFacts } from './content-facts.store.ts';

export interface ReadableBlob {
  readonly digest: string;
  readonly size: number;
  readonly mediaType: string;
  read(range?: { start: number; end: number }): Readable;
  redirect(): Promise<string | null>;
}

/** Bytes of an image in a dataset whose pixels the actor may read; anything else is not there, whoever asks. */
export async function readBlob(context: Context, digest: string): Promise<ReadableBlob> {
  context.decisions.add('pixels.read');
  if (!context.actor)
    throw new DomainError('UNAUTHENTICATED', 'Reading bytes needs a token; none came with the request.');
  const readable = context.actor.grants
    .map(({ scope }) => scope)
    .filter((scope) => may(context.actor, 'pixels.read', scope));
  const datasetIds = readable.includes(INSTANCE_SCOPE)
    ? null
    : readable.map((scope) => scope.slice('dataset:'.length));
  const missing = new DomainError('NOT_FOUND', `No bytes ${digest} are known to this token.`);
  if (readable.length === 0 || !/^[0-9a-f]{64}$/.test(digest)) throw missing;
  const [stored, held] = await Promise.all([
    context.blobs.stat(digest),
    digestIsHeld(context.db, digest, datasetIds),
  ]);
  if (!stored || !held) throw missing;
  const [facts] = await findContentFacts(context.db, [digest]);
  const mediaType = facts?.mediaType ?? 'application/octet-stream';
  return {
    digest,
    size: stored.size,
    mediaType,
    read: (range) => context.blobs.read(digest, range),
    redirect: () => context.blobs.signedAddress(digest, mediaType),
  };
}
