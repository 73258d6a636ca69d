import type { Route } from '../../platform/http-route.ts';
import { canonicalDigest } from '../../snapshots/snapshot.ts';
import { readFeed, readFeedHead } from './read-feed.usecase.ts';

/** What holders of a copy ask: which images of it were withdrawn. Stands before the renderings. */
export const withdrawalRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/snapshots/:digest/withdrawals.jsonl',
    rule: 'snapshot.fetch',
    async handle(context, exchange) {
      const digest = canonicalDigest(exchange.parameter('digest'));
      await exchange.stream('application/jsonl', await readFeed(context, digest));
    },
  },
  {
    method: 'get',
    path: '/snapshots/:digest/withdrawals/head',
    rule: 'snapshot.fetch',
    async handle(context, exchange) {
      exchange.json(200, await readFeedHead(context, canonicalDigest(exchange.parameter('digest'))));
    },
  },
];
