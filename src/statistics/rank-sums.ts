import type { CodedVariable } from './coded-variable.ts';

export interface RankSums {
  /** Rows of each level, and the sum of their ranks. */
  readonly counts: readonly number[];
  readonly sums: readonly number[];
  /** Σ(t³ − t) over the groups of t equal values. */
  readonly ties: number;
}

/** The half of a double that holds the last bits of its mantissa, of two 32-bit words. */
const LAST_BITS = new Uint32Array(Float64Array.of(1).buffer)[0] === 0 ? 0 : 1;

/**
 * Sums of the mid-ranks of the values by level. So that one sort does for both, each value carries its level in its last
 * bits, 10 of 1000 levels: values that differ in no other bit are equal. No value may be NaN. Kendall 1945, Biometrika
 * 33:239.
 */
export function rankSums(values: Float64Array, { codes, levels }: CodedVariable): RankSums {
  const levelBits = 2 ** Math.ceil(Math.log2(Math.max(1, levels))) - 1;
  const sorted = new Float64Array(values.length);
  const words = new Uint32Array(sorted.buffer);
  for (let row = 0; row < values.length; row += 1) {
    sorted[row] = values[row]! + 0; // −0 is 0
    const word = 2 * row + LAST_BITS;
    words[word] = (words[word]! & ~levelBits) | codes[row]!;
  }
  sorted.sort();
  const counts = new Array<number>(levels).fill(0);
  const sums = new Array<number>(levels).fill(0);
  let ties = 0;
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const first = words[2 * from + 1 - LAST_BITS]!;
    const last = words[2 * from + LAST_BITS]! | levelBits;
    do to += 1;
    while (words[2 * to + 1 - LAST_BITS] === first && (words[2 * to + LAST_BITS]! | levelBits) === last);
    const size = to - from;
    ties += size * size * size - size;
    for (let row = from; row < to; row += 1) {
      const level = words[2 * row + LAST_BITS]! & levelBits;
      counts[level] = counts[level]! + 1;
      sums[level] = sums[level]! + from + (size + 1) / 2;
    }
  }
  return { counts, sums, ties };
}
