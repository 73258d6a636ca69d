import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema.d.ts';

/** Queries are typed from `schema.graphql` itself: what the schema does not offer does not compile. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { DateTimeISO: string };
}>();

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
export { readFragment } from 'gql.tada';
