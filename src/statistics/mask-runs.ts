import { DomainError } from '../kernel/errors.ts';

/**
 * A mask by the lengths of its runs: pixels in column-major order, pixel (x, y) at x · height + y; runs alternate
 * background and foreground, the first is background and may be 0. The runs cover the image.
 */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly runs: readonly number[];
}

/** The runs of a mask given by one number a pixel, column-major, 0 for background. Throws SIZE_MISMATCH. */
export function maskRuns(pixels: ArrayLike<number>, width: number, height: number): Mask {
  if (pixels.length !== width * height) {
    throw new DomainError(
      'SIZE_MISMATCH',
      `The mask has ${pixels.length} pixels, not ${width} × ${height}; give one number a pixel.`,
    );
  }
  const runs: number[] = [];
  let start = 0;
  let foreground = false;
  for (let pixel = 0; pixel < pixels.length; pixel += 1) {
    if ((pixels[pixel] !== 0) === foreground) continue;
    runs.push(pixel - start);
    start = pixel;
    foreground = !foreground;
  }
  runs.push(pixels.length - start);
  return { width, height, runs };
}
