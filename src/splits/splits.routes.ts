import { readDataset } from '../catalogue/read-catalogue.usecase.ts';
import type { Route } from '../platform/http-route.ts';
import { exportSplit } from './read-splits.usecase.ts';

/** A split with all that its algorithm read, whole: what a stranger recomputes it from (docs/splits.md). */
export const splitsRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/datasets/:slug/splits/:name',
    rule: 'dataset.read',
    async handle(context, exchange) {
      const dataset = await readDataset(context, exchange.parameter('slug'));
      exchange.json(200, await exportSplit(context, dataset, exchange.parameter('name')));
    },
  },
];
