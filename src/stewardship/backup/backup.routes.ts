import type { Route } from '../../platform/http-route.ts';
import { dumpOfDatabase } from './dump-database.usecase.ts';
import { listStoredBlobs, storedBlob } from './read-stored-blobs.usecase.ts';

/** What `holotype backup` fetches: everything, for who administers the instance alone. */
export const backupRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/backup/database',
    rule: 'access.administer',
    async handle(context, exchange) {
      await exchange.stream('application/gzip', await dumpOfDatabase(context));
    },
  },
  {
    method: 'get',
    path: '/backup/blobs',
    rule: 'access.administer',
    async handle(context, exchange) {
      await exchange.stream('application/jsonl', await listStoredBlobs(context));
    },
  },
  {
    method: 'get',
    path: '/backup/blobs/:digest',
    rule: 'access.administer',
    async handle(context, exchange) {
      await exchange.immutable(await storedBlob(context, exchange.parameter('digest')));
    },
  },
];
