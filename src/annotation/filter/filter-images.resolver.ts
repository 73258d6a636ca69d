import { Arg, Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { AsOf } from '../../catalogue/as-of.schema.ts';
import { DatasetObject, ImageConnection } from '../../catalogue/catalogue.schema.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import { toConnection } from '../../governance/connection.schema.ts';
import type { Context } from '../../platform/context.ts';
import { countImages, listImages, tallyImages } from './filter-images.usecase.ts';
import { ImageFilterInput, ImagesArgs, TallyArgs, TallyObject } from './image-filter.schema.ts';

@Resolver(() => DatasetObject)
export class DatasetImagesResolver {
  @FieldResolver(() => ImageConnection, { description: 'Images in manifest order.' })
  async images(@Ctx() context: Context, @Root() dataset: Dataset, @Args(() => ImagesArgs) args: ImagesArgs) {
    const { kept, nameContains, filter, ...page } = args;
    return toConnection(
      await listImages(context, dataset, { ...page, filters: [{ kept, nameContains }, filter ?? {}] }),
    );
  }

  @FieldResolver(() => Int, { description: 'How many images of a filter there are.' })
  imageCount(
    @Ctx() context: Context,
    @Root() dataset: Dataset,
    @Arg('filter', () => ImageFilterInput, { nullable: true, description: 'Which; all unless said.' })
    filter?: ImageFilterInput | null,
    @AsOf() asOf?: number | null,
  ) {
    return countImages(context, dataset, { asOf, filters: [filter ?? {}] });
  }

  @FieldResolver(() => TallyObject, { description: 'Images by a factor, class or month, for plots.' })
  tally(@Ctx() context: Context, @Root() dataset: Dataset, @Args(() => TallyArgs) args: TallyArgs) {
    const { filter, ...request } = args;
    return tallyImages(context, dataset, { ...request, filters: [filter ?? {}] });
  }
}
