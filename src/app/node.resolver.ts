import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { readAnnotation } from '../annotation/read-annotations.usecase.ts';
import { readDatasetById, readImage } from '../catalogue/read-catalogue.usecase.ts';
import { NodeObject } from '../governance/governance.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import { DomainError, isDomainError } from '../kernel/errors.ts';
import { fromGlobalId } from '../kernel/global-id.ts';
import type { Context } from '../platform/context.ts';
import { readSnapshot } from '../snapshots/read-snapshots.usecase.ts';
import { readSplitById } from '../splits/read-splits.usecase.ts';

const MAX_NODES = 100;

const READERS: Readonly<Record<string, (context: Context, key: string) => Promise<object>>> = {
  Dataset: readDatasetById,
  Image: (context, key) =>
    readImage(context, key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)),
  Annotation: (context, key) =>
    readAnnotation(context, key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)),
  Split: readSplitById,
  Snapshot: readSnapshot,
};

@Resolver()
export class NodeResolver {
  @Query(() => NodeObject, {
    nullable: true,
    description: 'Anything by its id; null where it is not, or may not be seen (Relay).',
  })
  @Guard('authenticated')
  node(@Ctx() context: Context, @Arg('id', () => ID, { description: 'As it was returned.' }) id: string) {
    return readNode(context, id);
  }

  @Query(() => [NodeObject], {
    nullable: 'items',
    description: 'Several by their ids, at most 100; null for each that is not, or may not be seen.',
  })
  @Guard('authenticated')
  nodes(
    @Ctx() context: Context,
    @Arg('ids', () => [ID], { description: 'As they were returned.' }) ids: string[],
  ) {
    if (ids.length > MAX_NODES)
      throw new DomainError(
        'LIMIT_EXCEEDED',
        `ids: ${ids.length} is more than ${MAX_NODES}; ask for fewer at a time.`,
      );
    return Promise.all(ids.map((id) => readNode(context, id)));
  }
}

async function readNode(context: Context, id: string): Promise<object | null> {
  try {
    const { type, key } = fromGlobalId(id);
    const reader = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
    return reader ? { ...(await reader(context, key)), nodeType: type } : null;
  } catch (error) {
    if (isDomainError(error) && ['NOT_FOUND', 'FORBIDDEN', 'BAD_INPUT'].includes(error.code)) return null;
    throw error;
  }
}
