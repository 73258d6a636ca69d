import DataLoader from 'dataloader';
import { byMoment, type ImageMoment, momentKey } from '../../catalogue/by-moment.ts';
import type { Context } from '../../platform/context.ts';
import { readImageHistories } from './read-image-history.usecase.ts';

/** Histories of a request's images: the same statements for each dataset and revision asked. */
export function imageHistoryLoader(context: Context) {
  return new DataLoader(
    async (keys: readonly ImageMoment[]) => {
      const groups = await Promise.all(
        byMoment(keys).map(async ({ at, ids }) => ({
          at,
          found: await readImageHistories(context, at, ids),
        })),
      );
      const histories = new Map(
        groups.flatMap(({ at, found }) =>
          [...found].map(([id, history]) => [momentKey({ ...at, id }), history] as const),
        ),
      );
      return keys.map((key) => histories.get(momentKey(key))!);
    },
    { cacheKeyFn: momentKey },
  );
}
