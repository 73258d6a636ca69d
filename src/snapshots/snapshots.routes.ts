import type { Context } from '../platform/context.ts';
import type { Exchange, ImmutableContent, Route } from '../platform/http-route.ts';
import { readAttestations } from './attest.usecase.ts';
import { proveInclusion } from './prove-inclusion.usecase.ts';
import { openSnapshotFile, recordFetch, resolveDigestPrefix, resolveTag } from './read-snapshots.usecase.ts';
import { isShardName } from './shards.ts';
import { readSigningKeys } from './signing-keys.usecase.ts';
import { canonicalDigest, DIGEST_PREFIX } from './snapshot.ts';

/** The header's name in a pulled folder, and below the snapshot's address too. */
const HEADER = 'snapshot.json';

/** What training scripts fetch: the header, the shards, and the digest behind a tag. */
export const snapshotsRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/snapshots/:prefix',
    rule: 'snapshot.fetch',
    accepts: (parameter) => DIGEST_PREFIX.test(parameter('prefix')),
    async handle(context, exchange) {
      exchange.found(`/snapshots/${await resolveDigestPrefix(context, exchange.parameter('prefix'))}`);
    },
  },
  {
    method: 'get',
    path: '/snapshots/:digest',
    rule: 'snapshot.fetch',
    handle: (context, exchange) => serve(context, exchange, null),
  },
  {
    method: 'get',
    path: '/snapshots/:digest/:file',
    rule: 'snapshot.fetch',
    accepts: (parameter) => parameter('file') === HEADER || isShardName(parameter('file')),
    handle(context, exchange) {
      const file = exchange.parameter('file');
      return serve(context, exchange, file === HEADER ? null : file);
    },
  },
  {
    method: 'get',
    path: '/snapshots/:digest/proofs/:image',
    rule: 'snapshot.fetch',
    handle(context, exchange) {
      const digest = canonicalDigest(exchange.parameter('digest'));
      const image = exchange.parameter('image');
      return tellOnRecord(context, exchange, { digest, file: `proofs/${image}` }, () =>
        proveInclusion(context, digest, image),
      );
    },
  },
  {
    method: 'get',
    path: '/snapshots/:digest/attestations',
    rule: 'snapshot.fetch',
    handle(context, exchange) {
      const digest = canonicalDigest(exchange.parameter('digest'));
      return tellOnRecord(context, exchange, { digest, file: 'attestations' }, async () =>
        (await readAttestations(context, digest)).map((envelope) => JSON.parse(envelope)),
      );
    },
  },
  {
    method: 'get',
    path: '/keys',
    rule: 'public',
    async handle(context, exchange) {
      exchange.json(200, await readSigningKeys(context));
    },
  },
  {
    method: 'get',
    path: '/datasets/:slug/tags/:tag',
    rule: 'dataset.read',
    async handle(context, exchange) {
      exchange.json(200, {
        digest: await resolveTag(context, exchange.parameter('slug'), exchange.parameter('tag')),
      });
    },
  },
];

function serve(context: Context, exchange: Exchange, file: string | null): Promise<void> {
  const digest = canonicalDigest(exchange.parameter('digest'));
  return serveOnRecord(context, exchange, { digest, file: file ?? HEADER }, () =>
    openSnapshotFile(context, digest, file),
  );
}

/** Law 8 around what a snapshot is asked for and is no file of it. */
async function tellOnRecord(
  context: Context,
  exchange: Exchange,
  fetch: { readonly digest: string; readonly file: string },
  read: () => Promise<object>,
): Promise<void> {
  await recordFetch(context, { ...fetch, phase: 'ATTEMPT' });
  try {
    const told = await read();
    await recordFetch(context, { ...fetch, phase: 'SUCCEEDED' });
    exchange.json(200, told);
  } catch (error) {
    await recordFetch(context, { ...fetch, phase: 'FAILED' });
    throw error;
  }
}

/** Law 8 around a fetch. A HEAD moves no bytes and is not a fetch. */
export async function serveOnRecord(
  context: Context,
  exchange: Exchange,
  fetch: { readonly digest: string; readonly file: string },
  open: () => Promise<ImmutableContent>,
): Promise<void> {
  if (exchange.method === 'HEAD') {
    await exchange.immutable(await open());
    return;
  }
  await onRecord(context, fetch, async () => exchange.immutable(await open()));
}

/** Law 8: that a fetch was tried, and how it ended. */
export async function onRecord(
  context: Context,
  fetch: { readonly digest: string; readonly file: string },
  send: () => Promise<{ readonly redirected: boolean }>,
): Promise<void> {
  await recordFetch(context, { ...fetch, phase: 'ATTEMPT' });
  try {
    const { redirected } = await send();
    await recordFetch(context, { ...fetch, phase: 'SUCCEEDED', detail: redirected ? { redirected } : {} });
  } catch (error) {
    await recordFetch(context, { ...fetch, phase: 'FAILED' });
    throw error;
  }
}
