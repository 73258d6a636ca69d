import type { Mask } from './mask-runs.ts';

/** The mask of stretches in column-major order; neighbours of one kind become one run, so that equal masks have equal runs. */
export function segmentedMask(
  { width, height }: { readonly width: number; readonly height: number },
  segments: Iterable<{ readonly length: number; readonly isForeground: boolean }>,
): Mask {
  const runs = [0];
  for (const { length, isForeground } of segments) {
    if (length === 0) continue;
    if (((runs.length - 1) % 2 === 1) === isForeground) runs[runs.length - 1]! += length;
    else runs.push(length);
  }
  return { width, height, runs };
}
