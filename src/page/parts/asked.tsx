import { type AnyVariables, type TypedDocumentNode, type UseQueryState, useQuery } from '@urql/preact';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { dictionary, useWords } from '../language.tsx';
import { Problem } from './problem.tsx';

const WORDS = dictionary({ loading: 'Loading…' }, { loading: 'Chargement…' });
const RETRY_MILLISECONDS = 5_000;

interface AskedProps<Data, Variables extends AnyVariables> {
  query: TypedDocumentNode<Data, Variables>;
  variables: Variables;
  /** Asks again this often, in milliseconds, for as long as it says so. */
  every?: (data: Data) => number | null;
  children: (data: Data, again: () => void) => ComponentChildren;
}

/** Asks the API and draws the answer, or says why there is none. After a lost connection it asks again by itself. */
export function Asked<Data, Variables extends AnyVariables>({
  query,
  variables,
  every,
  children,
}: AskedProps<Data, Variables>) {
  const words = useWords(WORDS);
  const [state, ask] = useQuery({ query, variables } as Parameters<typeof useQuery<Data, Variables>>[0]);
  const again = () => ask({ requestPolicy: 'network-only' });
  useAskingAgain(state, again, every);
  const { data, error } = state;
  if (error && !(data && error.networkError)) return <Problem error={error} again={again} />;
  if (!data)
    return (
      <p class="loading" role="status">
        {words.loading}
      </p>
    );
  return (
    <>
      {error && <Problem error={error} again={again} />}
      {children(data, again)}
    </>
  );
}

function useAskingAgain<Data, Variables extends AnyVariables>(
  { data, error, fetching }: UseQueryState<Data, Variables>,
  again: () => void,
  every?: (data: Data) => number | null,
) {
  const pause = error?.networkError ? RETRY_MILLISECONDS : data && every ? every(data) : null;
  useEffect(() => {
    if (pause === null || fetching) return;
    const timer = setTimeout(again, pause);
    return () => clearTimeout(timer);
  });
}
