import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { orProblem } from '../governance/problem.schema.ts';
import { Guard } from '../governance/rule.schema.ts';
import { type Context, perRequest } from '../platform/context.ts';
import { SnapshotObject } from '../snapshots/snapshots.schema.ts';
import { listFormats, orderRendering } from './order-rendering.usecase.ts';
import { readRendering } from './read-renderings.usecase.ts';
import { renderingAddress } from './rendering-address.ts';
import { renderingFilesLoader, renderingsLoader } from './renderings.loaders.ts';
import {
  OrderRenderingInput,
  OrderRenderingResult,
  RenderingFileObject,
  RenderingFormatObject,
  RenderingObject,
} from './renderings.schema.ts';

@Resolver(() => SnapshotObject)
export class SnapshotRenderingsResolver {
  @FieldResolver(() => [RenderingObject], {
    description: 'Its renderings that were asked for, in the order in which they were.',
  })
  renderings(@Ctx() context: Context, @Root() { digest }: SnapshotObject) {
    return perRequest(context, renderingsLoader).load(digest);
  }
}

@Resolver(() => RenderingObject)
export class RenderingResolver {
  @Query(() => [RenderingFormatObject], { description: 'Every form in which a snapshot is handed out.' })
  @Guard('authenticated')
  renderingFormats() {
    return listFormats();
  }

  @Query(() => RenderingObject, { description: 'A rendering that was asked for, by its id.' })
  @Guard('snapshot.fetch')
  rendering(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Its id.' }) id: string) {
    return readRendering(context, id);
  }

  @FieldResolver(() => [RenderingFileObject], { description: 'Its files; none before it is made.' })
  async files(@Ctx() context: Context, @Root() { id, request }: RenderingObject) {
    const files = await perRequest(context, renderingFilesLoader).load(id);
    return files.map((file) => ({ ...file, address: renderingAddress(request, file.path) }));
  }

  @FieldResolver(() => RenderingFormatObject, { description: 'Its form, as it is made today.' })
  format(@Root() { request }: RenderingObject) {
    return listFormats().find(({ name }) => name === request.format);
  }

  @FieldResolver(() => String, { nullable: true, description: 'The consensus that it takes for the truth.' })
  consensus(@Root() { request }: RenderingObject) {
    return request.options.consensus;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The annotator whose statements alone it holds.',
  })
  annotator(@Root() { request }: RenderingObject) {
    return request.options.annotator;
  }

  @Mutation(() => OrderRenderingResult as never, {
    description:
      'Orders a form of a snapshot and does not wait: a job makes it, and `rendering` tells how far it is.',
  })
  @Guard('snapshot.fetch')
  orderRendering(
    @Ctx() context: Context,
    @Arg('input', () => OrderRenderingInput, { description: 'Which.' }) input: OrderRenderingInput,
  ) {
    const { snapshot, format, consensus, annotator } = input;
    return orProblem(orderRendering(context, { snapshot, format, options: { consensus, annotator } }));
  }
}
