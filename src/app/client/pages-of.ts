import { ask } from './graphql.ts';
import type { ServerAccess } from './http.ts';

/** Every node of a dataset's connection with the fields selected, a page of at most 500 at a time; `filter`: further arguments. */
export async function* pagesOf<T>(
  access: ServerAccess,
  dataset: string,
  {
    connection,
    fields,
    filter = '',
    size = 500,
  }: { connection: 'images' | 'splits'; fields: string; filter?: string; size?: number },
): AsyncGenerator<T> {
  const query = `query Pages($slug: String!, $after: String) { dataset(slug: $slug) {
    page: ${connection}(first: ${size}, after: $after, ${filter}) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } } }`;
  let after: string | null = null;
  do {
    const answer: Page<T> = await ask<Page<T>>(access, query, { slug: dataset, after });
    const { nodes, pageInfo } = answer.dataset.page;
    yield* nodes;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
}

interface Page<T> {
  readonly dataset: {
    readonly page: {
      readonly nodes: readonly T[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}
