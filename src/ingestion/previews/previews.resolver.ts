import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ImageObject } from '../../catalogue/catalogue.schema.ts';
import { type Context, perRequest } from '../../platform/context.ts';
import { factsLoader } from '../ingestion.loaders.ts';
import { mayReadPixels } from './may-read-pixels.usecase.ts';
import {
  PREVIEW_MEDIA_TYPE,
  type PreviewSize,
  previewFrame,
  previewPath,
  stretchSentence,
} from './preview.ts';
import { ImagePreviewObject, PreviewSizeEnum, PreviewStretchObject } from './previews.schema.ts';
import { readPreview } from './read-preview.usecase.ts';

@Resolver(() => ImageObject)
export class ImagePreviewResolver {
  @FieldResolver(() => ImagePreviewObject, { description: 'A picture of it for the screen.' })
  async preview(
    @Ctx() context: Context,
    @Root() image: ImageObject,
    @Arg('size', () => PreviewSizeEnum, { defaultValue: 'THUMBNAIL', description: 'How large.' })
    size: PreviewSize,
  ): Promise<ImagePreviewObject> {
    const none = { source: null, size, address: null, mediaType: null, width: null, height: null };
    if (image.pixels !== 'BYTES' || image.digest === null) return { ...none, reason: 'BY_REFERENCE' };
    if (!mayReadPixels(context, image.datasetId)) return { ...none, reason: 'NOT_ALLOWED' };
    const facts = await perRequest(context, factsLoader).load(image.digest);
    if (facts === null) return { ...none, reason: 'WITHDRAWN' };
    const at = { address: previewPath(size, image.digest), mediaType: PREVIEW_MEDIA_TYPE };
    return { source: image.digest, size, ...at, reason: null, ...previewFrame(facts, size) };
  }
}

@Resolver(() => ImagePreviewObject)
export class PreviewStretchResolver {
  @FieldResolver(() => PreviewStretchObject, {
    nullable: true,
    description: 'How its samples were stretched; null where they are shown as they are. Makes the preview.',
  })
  async stretch(@Ctx() context: Context, @Root() { source, size }: ImagePreviewObject) {
    if (source === null) return null;
    const { bits, low, high } = await readPreview(context, source, size);
    return low === null || high === null
      ? null
      : { bits, low, high, sentence: stretchSentence(bits, low, high) };
  }
}
