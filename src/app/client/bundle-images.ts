import type { DueImage } from './pull-bundle.ts';

/** An image of more bytes is brought by itself: then a connection that is cut costs a part of it alone. */
const LARGEST_BUNDLED = 512 * 2 ** 10;
const MOST_IMAGES = 1024;
const MOST_BYTES = 16 * 2 ** 20;

/** Images to be brought in one answer, or one by itself. */
export type Bundle = readonly DueImage[];

/**
 * Gathers neighbours in the manifest that are small into bundles.
 */
export async function* bundleImages(due: AsyncIterable<DueImage | 'PRESENT'>): AsyncGenerator<Bundle> {
  let bundle: DueImage[] = [];
  let bytes = 0;
  const full = () => bundle.length === MOST_IMAGES || bytes >= MOST_BYTES;
  for await (const image of due) {
    const isBundled = image !== 'PRESENT' && image.entry.size! <= LARGEST_BUNDLED;
    if (isBundled) {
      bundle.push(image);
      bytes += image.entry.size!;
    }
    if (bundle.length > 0 && (!isBundled || full())) {
      yield bundle;
      [bundle, bytes] = [[], 0];
    }
    if (image !== 'PRESENT' && !isBundled) yield [image];
  }
  if (bundle.length > 0) yield bundle;
}
