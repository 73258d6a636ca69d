import DataLoader from 'dataloader';
import { byMoment, type ImageMoment, momentKey } from '../catalogue/by-moment.ts';
import type { Context } from '../platform/context.ts';
import { readAcquisitions } from './read-acquisition.usecase.ts';

/** Acquisition records of a request's images: one statement for each dataset and revision asked. */
export function acquisitionLoader(context: Context) {
  return new DataLoader(
    async (keys: readonly ImageMoment[]) => {
      const groups = await Promise.all(
        byMoment(keys).map(async ({ at, ids }) => ({
          at,
          records: await readAcquisitions(context, at, ids),
        })),
      );
      const found = new Map(
        groups.flatMap(({ at, records }) =>
          records.map((record) => [momentKey({ ...at, id: record.imageId }), record] as const),
        ),
      );
      return keys.map((key) => found.get(momentKey(key)) ?? null);
    },
    { cacheKeyFn: momentKey },
  );
}
