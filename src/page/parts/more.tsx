import { type AnyVariables, type CombinedError, type TypedDocumentNode, useClient } from '@urql/preact';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { dictionary, useFormat, useWords } from '../language.tsx';
import { Problem } from './problem.tsx';

const WORDS = dictionary(
  {
    more: 'Show more',
    none: 'Nothing here yet.',
    shown: (count: string) => `${count} shown`,
    loading: 'Loading…',
  },
  {
    more: 'En afficher plus',
    none: 'Rien ici pour l’instant.',
    shown: (count: string) => `${count} affichés`,
    loading: 'Chargement…',
  },
);

export interface Connection<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface MoreProps<Data, Variables extends AnyVariables, Node> {
  query: TypedDocumentNode<Data, Variables>;
  /** Without `after`, which is this part's. */
  variables: Omit<Variables, 'after'>;
  connection: (data: Data) => Connection<Node> | null | undefined;
  children: (nodes: readonly Node[]) => ComponentChildren;
}

/** A Relay connection, page by page, as far as the reader asks. */
export function More<Data, Variables extends AnyVariables, Node>({
  query,
  variables,
  connection,
  children,
}: MoreProps<Data, Variables, Node>) {
  const words = useWords(WORDS);
  const format = useFormat();
  const { nodes, hasNext, next, fault, isLoading } = usePages(query, variables, connection);
  if (fault) return <Problem error={fault} again={next} />;
  return (
    <>
      {nodes.length > 0 ? children(nodes) : !isLoading && <p class="none">{words.none}</p>}
      <p class="more" role="status">
        {isLoading ? words.loading : nodes.length > 0 && words.shown(format.whole(nodes.length))}{' '}
        {hasNext && !isLoading && (
          <button type="button" onClick={next}>
            {words.more}
          </button>
        )}
      </p>
    </>
  );
}

function usePages<Data, Variables extends AnyVariables, Node>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, 'after'>,
  connection: (data: Data) => Connection<Node> | null | undefined,
) {
  const client = useClient();
  const [nodes, setNodes] = useState<readonly Node[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [hasNext, setHasNext] = useState(false);
  const [fault, setFault] = useState<CombinedError | null>(null);
  const [isLoading, setIsLoading] = useState(true);
  const asked = JSON.stringify(variables);
  const latest = useRef(asked);
  const read = async (after: string | null, before: readonly Node[]) => {
    setIsLoading(true);
    const given = { ...variables, after } as unknown as Variables;
    const { data, error } = await client.query(query, given, { requestPolicy: 'network-only' }).toPromise();
    if (latest.current !== asked) return; // the answer to a question no longer asked
    setIsLoading(false);
    setFault(error ?? null);
    const page = data && connection(data);
    if (!page) return;
    setNodes([...before, ...page.nodes]);
    setCursor(page.pageInfo.endCursor);
    setHasNext(page.pageInfo.hasNextPage);
  };
  useEffect(() => {
    latest.current = asked;
    setNodes([]);
    read(null, []);
  }, [client, query, asked]);
  return { nodes, hasNext, fault, isLoading, next: () => read(cursor, nodes) };
}
