import type { Context } from '../platform/context.ts';
import type { Exchange, Route } from '../platform/http-route.ts';
import { readBlob } from './read-blob.usecase.ts';
import { storeBlob } from './store-blob.usecase.ts';

/** Bytes in and out, beside GraphQL. */
export const ingestionRoutes: readonly Route[] = [
  {
    method: 'put',
    path: '/blobs/sha256/:digest',
    rule: 'blob.write',
    async handle(context: Context, exchange: Exchange) {
      const stored = await storeBlob(context, exchange.parameter('digest'), exchange.body);
      exchange.json(stored.created ? 201 : 200, {
        digest: stored.digest,
        size: stored.size,
        created: stored.created,
      });
    },
  },
  {
    method: 'get',
    path: '/blobs/sha256/:digest',
    rule: 'pixels.read',
    async handle(context: Context, exchange: Exchange) {
      await exchange.immutable(await readBlob(context, exchange.parameter('digest')));
    },
  },
];
