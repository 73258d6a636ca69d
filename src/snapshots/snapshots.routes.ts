import type { Context } from '../platform/context.ts';
import type { Exchange, Route } from '../platform/http-route.ts';
import { canonicalDigest, openSnapshotFile, recordFetch, resolveTag } from './read-snapshots.usecase.ts';

/** What training scripts fetch: the header, the shards, and the digest behind a tag. */
export const snapshotsRoutes: readonly Route[] = [
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
    handle: (context, exchange) => serve(context, exchange, exchange.parameter('file')),
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

/** Law 8 around a fetch. A HEAD moves no bytes and is not a fetch. */
async function serve(context: Context, exchange: Exchange, file: string | null): Promise<void> {
  const digest = canonicalDigest(exchange.parameter('digest'));
  if (exchange.method === 'HEAD') {
    await exchange.immutable(await openSnapshotFile(context, digest, file));
    return;
  }
  const fetch = { digest, file: file ?? 'snapshot.json' };
  await recordFetch(context, { ...fetch, phase: 'ATTEMPT' });
  try {
    const { redirected } = await exchange.immutable(await openSnapshotFile(context, digest, file));
    await recordFetch(context, { ...fetch, phase: 'SUCCEEDED', detail: redirected ? { redirected } : {} });
  } catch (error) {
    await recordFetch(context, { ...fetch, phase: 'FAILED' });
    throw error;
  }
}
