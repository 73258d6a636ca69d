import { DomainError } from '../kernel/errors.ts';
import type { ProbabilityMask } from './probability-mask.ts';

/** The class of each pixel by column-major stretches: 0 background, k the k-th class, null where two are equally likely. */
export interface ClassMask {
  readonly width: number;
  readonly height: number;
  readonly lengths: readonly number[];
  readonly classes: readonly (number | null)[];
}

/**
 * Pixel by pixel the likeliest of several classes, each with a probability mask of its own (STAPLE or mean), and of the
 * background, whose probability is 1 minus that of `anything`, the mask made of each rater's classes together. A tie for
 * the highest is null: no class is preferred by its place in a list. Throws SIZE_MISMATCH.
 */
export function likeliestClasses(anything: ProbabilityMask, classes: readonly ProbabilityMask[]): ClassMask {
  const { width, height } = anything;
  const all = [anything, ...classes];
  const stray = all.find((mask) => mask.width !== width || mask.height !== height);
  if (stray !== undefined) {
    const sizes = `${stray.width} × ${stray.height} and ${width} × ${height}`;
    const message = `The class masks are ${sizes} pixels: nothing is stretched; give masks of one frame.`;
    throw new DomainError('SIZE_MISMATCH', message);
  }
  const places = new Int32Array(all.length);
  const ends = all.map(({ lengths }) => lengths[0] ?? 0);
  const lengths: number[] = [];
  const likeliest: (number | null)[] = [];
  for (let start = 0; start < width * height; ) {
    for (let one = 0; one < all.length; one += 1) {
      if (ends[one]! > start) continue;
      places[one]! += 1;
      ends[one]! += all[one]!.lengths[places[one]!]!;
    }
    const values = all.map((mask, one) => mask.values[places[one]!]!);
    values[0] = 1 - values[0]!;
    const end = Math.min(...ends);
    const winner = onlyHighest(values);
    if (likeliest.length > 0 && likeliest.at(-1) === winner) lengths[lengths.length - 1]! += end - start;
    else {
      lengths.push(end - start);
      likeliest.push(winner);
    }
    start = end;
  }
  return { width, height, lengths, classes: likeliest };
}

/** Equal up to the rounding of 1 − p. */
function onlyHighest(values: readonly number[]): number | null {
  const highest = Math.max(...values);
  const holders = values.flatMap((value, index) => (highest - value <= 1e-12 ? [index] : []));
  return holders.length === 1 ? holders[0]! : null;
}
