import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ImageObject } from '../../catalogue/catalogue.schema.ts';
import { type Context, perRequest } from '../../platform/context.ts';
import { imageHistoryLoader } from './image-history.loaders.ts';
import { ImageChangeObject } from './image-history.schema.ts';

@Resolver(() => ImageObject)
export class ImageHistoryResolver {
  @FieldResolver(() => [ImageChangeObject], {
    description: 'What was done to it and said of it up to this revision, the latest first.',
  })
  history(@Ctx() context: Context, @Root() image: ImageObject) {
    return perRequest(context, imageHistoryLoader).load(image);
  }
}
