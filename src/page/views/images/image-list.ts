import { type CombinedError, useClient } from '@urql/preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { graphql, type ResultOf, type VariablesOf } from '../../graphql.ts';

const ImagePage = graphql(`
  query ImagePage($dataset: String!, $filter: ImageFilterInput, $after: String) {
    dataset(slug: $dataset) {
      images(first: 200, after: $after, filter: $filter) {
        nodes {
          imageId
          name
          pixels
          exclusion { stage reason }
          preview { address reason }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export type ListedImage = ResultOf<typeof ImagePage>['dataset']['images']['nodes'][number];
export type ImageFilterInput = VariablesOf<typeof ImagePage>['filter'];

/** Images of a filter, in the order of the API, as far as somebody has scrolled. A keyset page at a time, so any size is the same. */
export function useImageList(dataset: string, filter: ImageFilterInput) {
  const client = useClient();
  const asked = JSON.stringify([dataset, filter]);
  const state = useRef({ asked, after: null as string | null, isBusy: false, hasMore: true });
  const [images, setImages] = useState<readonly ListedImage[]>([]);
  const [error, setError] = useState<CombinedError | null>(null);
  const [isComplete, setIsComplete] = useState(false);
  const more = useCallback(async () => {
    const own = state.current;
    if (own.isBusy || !own.hasMore || own.asked !== asked) return;
    own.isBusy = true;
    const variables = { dataset, filter, after: own.after };
    const answer = await client.query(ImagePage, variables, { requestPolicy: 'network-only' }).toPromise();
    own.isBusy = false;
    if (state.current !== own) return; // the answer to a question no longer asked
    setError(answer.error ?? null);
    const page = answer.data?.dataset.images;
    if (!page) return;
    own.after = page.pageInfo.endCursor;
    own.hasMore = page.pageInfo.hasNextPage;
    setIsComplete(!own.hasMore);
    setImages((before) => [...before, ...page.nodes]);
  }, [client, asked]);
  const restart = useCallback(() => {
    state.current = { asked, after: null, isBusy: false, hasMore: true };
    setImages([]);
    setError(null);
    setIsComplete(false);
    more();
  }, [more, asked]);
  useEffect(restart, [restart]);
  return { images, error, isComplete, more, restart };
}
