import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';
import type { Page, PageRequest } from '../kernel/page.ts';
import { Guard } from './rule.schema.ts';

@ObjectType('PageInfo', { description: 'Where a page stands in its connection (Relay).' })
@Guard('inherit')
export class PageInfoObject {
  @Field(() => Boolean, { description: 'Whether more follows `endCursor`.' }) hasNextPage: boolean;
  @Field(() => Boolean, { description: 'Whether something precedes `startCursor`.' })
  hasPreviousPage: boolean;
  @Field(() => String, { nullable: true, description: 'Cursor of the first edge; null on an empty page.' })
  startCursor: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last edge: give it as `after` for the next page.',
  })
  endCursor: string | null;
}

@ArgsType()
export class PageArgs implements PageRequest {
  @Field(() => Int, { nullable: true, description: 'How many at most, 0 to 500; 50 unless said.' }) first?:
    | number
    | null;
  @Field(() => String, { nullable: true, description: 'Only what follows this cursor.' }) after?:
    | string
    | null;
}

export interface Connection<T> {
  edges: { cursor: string; node: T }[];
  nodes: T[];
  pageInfo: PageInfoObject;
}

/** The Relay connection types `NameConnection` and `NameEdge` of a node type. */
export function connectionOf<T extends object>(
  name: string,
  node: () => ClassType<object>,
): ClassType<Connection<T>> {
  @ObjectType(`${name}Edge`, { description: `A ${name} with its place in a connection.` })
  @Guard('inherit')
  class EdgeObject {
    @Field(() => String, { description: 'Opaque; give it as `after`.' }) cursor: string;
    @Field(node, { description: `The ${name}.` }) node: T;
  }
  @ObjectType(`${name}Connection`, { description: `A page of ${name} (Relay).` })
  @Guard('inherit')
  class ConnectionObject implements Connection<T> {
    @Field(() => [EdgeObject], { description: 'The page, each with its cursor.' }) edges: {
      cursor: string;
      node: T;
    }[];
    @Field(() => [node()], { description: 'The page, without cursors.' }) nodes: T[];
    @Field(() => PageInfoObject, { description: 'Where this page stands.' }) pageInfo: PageInfoObject;
  }
  return ConnectionObject;
}

export function toConnection<T>(page: Page<T>): Connection<T> {
  const edges = page.rows.map((node) => ({ cursor: page.cursorOf(node), node }));
  const pageInfo = {
    hasNextPage: page.hasNextPage,
    hasPreviousPage: page.hasPreviousPage,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, nodes: [...page.rows], pageInfo };
}
