import type { CodedVariable, UnitStructure } from './coded-variable.ts';

const BINS = 500;

/** Two samples of a measure by jackknife bucket, on a common grid; `bucketCount` buckets hold values. */
export interface BinnedSamples {
  readonly bucketCount: number;
  /** sup |F − G| and ∫ |F − G| on the grid, each bucket counted as often as `times` says; without a sample: NaN. */
  readonly distances: (times: readonly number[]) => { readonly largest: number; readonly area: number };
}

/**
 * The values of sides 0 and 1 counted between at most 500 quantiles of all of them, by bucket: what a thousand bootstrap
 * rounds read in place of the values. At most 500 distinct values: exact; else D is met to 1/500.
 */
export function binnedSamples(
  { unitOf, bucketOf, bucketCount }: UnitStructure,
  values: Float64Array,
  { codes }: CodedVariable,
): BinnedSamples {
  const isUsed = (image: number) => codes[image]! >= 0 && !Number.isNaN(values[image]!);
  const edges = quantiles(values.filter((_, image) => isUsed(image)).sort());
  const counts = Array.from({ length: bucketCount }, () => new Float64Array(2 * edges.length));
  const images = new Float64Array(bucketCount);
  values.forEach((value, image) => {
    if (!isUsed(image)) return;
    const bucket = bucketOf[unitOf[image]!]!;
    counts[bucket]![2 * binOf(value, edges) + codes[image]!]! += 1;
    images[bucket]! += 1;
  });
  const held = counts.filter((_, bucket) => images[bucket]! > 0);
  return { bucketCount: held.length, distances: (times) => distancesOf(held, times, edges) };
}

/** The last of the values is one of them, so that every value has a bin. */
function quantiles(sorted: Float64Array): number[] {
  const ranks = Array.from({ length: BINS }, (_, bin) => Math.ceil(((bin + 1) / BINS) * sorted.length) - 1);
  return [...new Set(ranks.filter((rank) => rank >= 0).map((rank) => sorted[rank]!))];
}

/** The first edge that is not below the value. */
function binOf(value: number, edges: readonly number[]): number {
  let [low, high] = [0, edges.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function distancesOf(buckets: readonly Float64Array[], times: readonly number[], edges: readonly number[]) {
  const cells = new Float64Array(2 * edges.length);
  buckets.forEach((counts, bucket) => {
    const weight = times[bucket]!;
    if (weight > 0) for (let cell = 0; cell < cells.length; cell += 1) cells[cell]! += weight * counts[cell]!;
  });
  const sizes = [0, 0];
  cells.forEach((count, cell) => {
    sizes[cell % 2]! += count;
  });
  let [first, second, largest, area] = [0, 0, 0, 0];
  edges.forEach((edge, bin) => {
    first += cells[2 * bin]! / sizes[0]!;
    second += cells[2 * bin + 1]! / sizes[1]!;
    const difference = Math.abs(first - second);
    largest = Math.max(largest, difference);
    if (bin + 1 < edges.length) area += difference * (edges[bin + 1]! - edge);
  });
  return { largest, area };
}
