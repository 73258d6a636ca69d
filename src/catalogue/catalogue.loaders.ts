import DataLoader from 'dataloader';
import type { Context } from '../platform/context.ts';
import { countDatasetImages, readLabelSchemas } from './read-catalogue.usecase.ts';

interface Moment {
  readonly datasetId: string;
  readonly asOf: number;
}

const cacheKeyFn = ({ datasetId, asOf }: Moment) => `${datasetId}/${asOf}`;

/** Image counts of a request's datasets, one statement for all. */
export function imageCountsLoader(context: Context) {
  return new DataLoader((moments: readonly Moment[]) => countDatasetImages(context, moments), { cacheKeyFn });
}

/** Label schemas of a request's datasets, one statement for all. */
export function labelSchemaLoader(context: Context) {
  return new DataLoader((moments: readonly Moment[]) => readLabelSchemas(context, moments), { cacheKeyFn });
}
