import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { DatasetObject, ImageObject } from '../catalogue/catalogue.schema.ts';
import type { Dataset } from '../catalogue/dataset.ts';
import { toConnection } from '../governance/connection.schema.ts';
import { orProblem } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import { type Context, perRequest } from '../platform/context.ts';
import { consensusItemsLoader } from './consensus.loaders.ts';
import {
  CancelConsensusResult,
  ConsensusConnection,
  ConsensusesArgs,
  ConsensusItemConnection,
  ConsensusItemObject,
  ConsensusItemsArgs,
  ConsensusObject,
  ConsensusOrderObject,
  OrderConsensusInput,
  OrderConsensusResult,
} from './consensus.schema.ts';
import type { Consensus, ConsensusOrder } from './consensus.ts';
import type { ConsensusItem } from './make-items.ts';
import { cancelConsensus, orderConsensus, readConsensusOrder } from './order-consensus.usecase.ts';
import { listConsensuses, readConsensus, readItems } from './read-consensus.usecase.ts';

@Resolver(() => ConsensusObject)
export class ConsensusResolver {
  @Query(() => ConsensusObject, { description: 'A consensus that was made, by its id.' })
  @Guard('dataset.read')
  async consensus(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Its id.' }) id: string) {
    return toObject(await readConsensus(context, id));
  }

  @Query(() => ConsensusOrderObject, { description: 'An order for a consensus, by its id.' })
  @Guard('dataset.read')
  consensusOrder(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Its id.' }) id: string) {
    return readConsensusOrder(context, id);
  }

  @FieldResolver(() => ConsensusItemConnection, {
    description: 'What it says of each image, by the images’ ids.',
  })
  async items(
    @Ctx() context: Context,
    @Root() { id }: ConsensusObject,
    @Args(() => ConsensusItemsArgs) args: ConsensusItemsArgs,
  ) {
    const page = await readItems(context, await readConsensus(context, id), args);
    const { nodes, edges, pageInfo } = toConnection(page);
    const node = (row: (typeof nodes)[number]) => toItem(row.item, row.image as never);
    return {
      nodes: nodes.map(node),
      edges: edges.map((edge) => ({ cursor: edge.cursor, node: node(edge.node) })),
      pageInfo,
    };
  }

  @Mutation(() => OrderConsensusResult as never, {
    description:
      'Orders a consensus and does not wait: a job makes it, and `consensusOrder` tells how far it is.',
  })
  @Guard('dataset.curate')
  orderConsensus(
    @Ctx() context: Context,
    @Arg('input', () => OrderConsensusInput, { description: 'Which.' }) input: OrderConsensusInput,
  ) {
    return orProblem(orderConsensus(context, input));
  }

  @Mutation(() => CancelConsensusResult as never, {
    description: 'Stops the work on an order; nothing of it is kept.',
  })
  @Guard('dataset.curate')
  cancelConsensus(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'Of the order.' }) id: string,
  ) {
    return orProblem(cancelConsensus(context, id));
  }
}

@Resolver(() => ConsensusOrderObject)
export class ConsensusOrderResolver {
  @FieldResolver(() => ConsensusObject, { nullable: true, description: 'Once it is DONE, the consensus.' })
  async consensus(@Ctx() context: Context, @Root() order: ConsensusOrder) {
    return order.state === 'DONE' ? toObject(await readConsensus(context, order.consensus)) : null;
  }
}

@Resolver(() => DatasetObject)
export class DatasetConsensusResolver {
  @FieldResolver(() => ConsensusConnection, { description: 'The consensuses made of it, latest first.' })
  async consensuses(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Args(() => ConsensusesArgs) args: ConsensusesArgs,
  ) {
    const { nodes, edges, pageInfo } = toConnection(await listConsensuses(context, dataset, args));
    return {
      nodes: nodes.map(toObject),
      edges: edges.map(({ cursor, node }) => ({ cursor, node: toObject(node) })),
      pageInfo,
    };
  }
}

@Resolver(() => ImageObject)
export class ImageConsensusResolver {
  @FieldResolver(() => ConsensusItemObject, {
    nullable: true,
    description: 'What a consensus says of it; null: nothing.',
  })
  async consensus(
    @Ctx() context: Context,
    @Root() image: ImageObject,
    @Arg('id', () => ID, { description: 'Of the consensus.' }) id: string,
  ) {
    const imageId = (image as unknown as { id: string }).id;
    const item = await perRequest(context, consensusItemsLoader).load({ consensus: id, imageId });
    return item && toItem(item, image);
  }
}

function toObject({ request, result, ...held }: Consensus): ConsensusObject {
  const { name, method, parameters, annotators, revision, engine } = request;
  return {
    ...held,
    name,
    method,
    parameters,
    annotators,
    revision,
    engine,
    tiedCount: result.tied,
    unnamedVotes: result.unnamedVotes,
    severalClasses: result.severalClasses,
    fits: result.fits as never,
  };
}

/** A document as its type: what a kind of item does not have is empty. */
function toItem({ image: _, ...item }: ConsensusItem, image: ImageObject): ConsensusItemObject {
  const nothing = {
    label: null,
    ties: [],
    soft: [],
    entropy: null,
    votes: [],
    seenBy: null,
    boxes: [],
    masks: [],
  };
  return { ...nothing, ...(item as object), image };
}
