import type { Context } from '../../platform/context.ts';
import type { Exchange, Route } from '../../platform/http-route.ts';
import { PREVIEW_MEDIA_TYPE, PREVIEW_RECIPE, PREVIEW_SIDES, type PreviewSize } from './preview.ts';
import { readPreview } from './read-preview.usecase.ts';

const sizeOf = (name: string) => name.toUpperCase() as PreviewSize;

/** Pictures for the screen. */
export const previewRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/previews/:recipe/:size/sha256/:digest',
    rule: 'pixels.read',
    accepts: (parameter) =>
      parameter('recipe') === String(PREVIEW_RECIPE) && sizeOf(parameter('size')) in PREVIEW_SIDES,
    async handle(context: Context, exchange: Exchange) {
      const size = sizeOf(exchange.parameter('size'));
      const { digest } = await readPreview(context, exchange.parameter('digest'), size);
      const { size: bytes } = (await context.blobs.stat(digest))!;
      await exchange.immutable({
        digest,
        size: bytes,
        mediaType: PREVIEW_MEDIA_TYPE,
        read: (range) => context.blobs.read(digest, range),
      });
    },
  },
];
