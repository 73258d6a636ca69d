import type { Route } from '../platform/http-route.ts';
import { canonicalDigest } from '../snapshots/snapshot.ts';
import { onRecord, serveOnRecord } from '../snapshots/snapshots.routes.ts';
import { isBundleName } from './image-bundle.ts';
import { openBundle } from './open-bundle.usecase.ts';
import { openRendering } from './order-rendering.usecase.ts';

/** What training scripts fetch in the form of the library that they use. Stands after every other route of a snapshot. */
export const renderingsRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/snapshots/:digest/images/:name',
    rule: 'snapshot.fetch',
    accepts: (parameter) => isBundleName(parameter('name')),
    async handle(context, exchange) {
      const snapshot = canonicalDigest(exchange.parameter('digest'));
      const name = exchange.parameter('name');
      const parts = exchange.query('parts');
      await onRecord(context, { digest: snapshot, file: `images/${name}` }, async () => {
        await exchange.stream('application/x-tar', await openBundle(context, { snapshot, name, parts }));
        return { redirected: false };
      });
    },
  },
  {
    method: 'get',
    path: '/snapshots/:digest/*path',
    rule: 'snapshot.fetch',
    handle(context, exchange) {
      const snapshot = canonicalDigest(exchange.parameter('digest'));
      const path = exchange.parameter('path');
      const options = { consensus: exchange.query('consensus'), annotator: exchange.query('annotator') };
      return serveOnRecord(context, exchange, { digest: snapshot, file: path }, () =>
        openRendering(context, { snapshot, path, options }),
      );
    },
  },
];
