import { ask } from './graphql.ts';
import type { ServerAccess } from './http.ts';

const A_PAGE = 500;

/** Every image of a dataset with the fields selected, a page at a time. */
export async function* pagesOf<T>(access: ServerAccess, dataset: string, fields: string): AsyncGenerator<T> {
  const query = `query Images($slug: String!, $after: String) { dataset(slug: $slug) {
    images(first: ${A_PAGE}, after: $after) { nodes { ${fields} } pageInfo { hasNextPage endCursor } } } }`;
  let after: string | null = null;
  do {
    const { dataset: page }: Page<T> = await ask<Page<T>>(access, query, { slug: dataset, after });
    yield* page.images.nodes;
    after = page.images.pageInfo.hasNextPage ? page.images.pageInfo.endCursor : null;
  } while (after !== null);
}

interface Page<T> {
  readonly dataset: {
    readonly images: {
      readonly nodes: readonly T[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}
