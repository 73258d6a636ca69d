import DataLoader from 'dataloader';
import { byMoment, type ImageMoment, momentKey } from '../catalogue/by-moment.ts';
import type { Context } from '../platform/context.ts';
import { countDatasetAnnotations, readAnnotationsOf } from './read-annotations.usecase.ts';

type Annotations = Awaited<ReturnType<typeof readAnnotationsOf>>;

/** Annotations of a request's images: one statement for each dataset and revision asked. */
export function annotationsLoader(context: Context) {
  return new DataLoader(
    async (keys: readonly ImageMoment[]) => {
      const found = new Map<string, Annotations>(keys.map((key) => [momentKey(key), []]));
      await Promise.all(
        byMoment(keys).map(async ({ at, ids }) => {
          for (const annotation of await readAnnotationsOf(context, at, ids))
            found.get(momentKey({ ...at, id: annotation.imageId }))!.push(annotation);
        }),
      );
      return keys.map((key) => found.get(momentKey(key))!);
    },
    { cacheKeyFn: momentKey },
  );
}

/** Annotation counts of a request's datasets, one statement for all. */
export function annotationCountLoader(context: Context) {
  return new DataLoader(
    (moments: readonly { datasetId: string; asOf: number }[]) => countDatasetAnnotations(context, moments),
    { cacheKeyFn: ({ datasetId, asOf }) => `${datasetId}/${asOf}` },
  );
}
