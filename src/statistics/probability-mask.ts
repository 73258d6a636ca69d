/**
 * A number for each pixel of an image, by stretches of one value: column-major, pixel (x, y) at x · height + y; `lengths`
 * cover the image, neighbours differ in value.
 */
export interface ProbabilityMask {
  readonly width: number;
  readonly height: number;
  readonly lengths: readonly number[];
  /** In [0, 1]. */
  readonly values: readonly number[];
}

/** A probability mask of stretches in column-major order; neighbours of one value become one stretch. */
export function probabilityMask(
  { width, height }: { readonly width: number; readonly height: number },
  segments: Iterable<{ readonly length: number; readonly value: number }>,
): ProbabilityMask {
  const lengths: number[] = [];
  const values: number[] = [];
  for (const { length, value } of segments) {
    if (length === 0) continue;
    if (values.length > 0 && values.at(-1) === value) lengths[lengths.length - 1]! += length;
    else {
      lengths.push(length);
      values.push(value);
    }
  }
  return { width, height, lengths, values };
}
