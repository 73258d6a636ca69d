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
 * rounds read in place of the values. The last argument holds the values of each side, ascending. At most 500 distinct values: exact;
 * else D is met to 1/500.
 */
export function binnedSamples(
  { unitOf, bucketOf, bucketCount }: UnitStructure,
  values: Float64Array,
  { codes }: CodedVariable,
  [sample, reference]: readonly [Float64Array, Float64Array],
): BinnedSamples {
  const edges = quantiles(sample, reference);
  const cells = 2 * edges.length;
  const counts = new Float64Array(cells * bucketCount);
  const images = new Float64Array(bucketCount);
  for (let image = 0; image < values.length; image += 1) {
    const value = values[image]!;
    if (codes[image]! < 0 || Number.isNaN(value)) continue;
    const bucket = bucketOf[unitOf[image]!]!;
    counts[bucket * cells + 2 * binOf(value, edges) + codes[image]!]! += 1;
    images[bucket]! += 1;
  }
  const held = [...images.keys()]
    .filter((bucket) => images[bucket]! > 0)
    .map((bucket) => counts.subarray(bucket * cells, (bucket + 1) * cells));
  return { bucketCount: held.length, distances: (times) => distancesOf(held, times, edges) };
}

/** Of both sides together; the last of the values is one of them, so that every value has a bin. */
function quantiles(first: Float64Array, second: Float64Array): Float64Array {
  const all = first.length + second.length;
  const edges: number[] = [];
  let [i, j] = [0, 0];
  for (let bin = 1; bin <= BINS && all > 0; bin += 1) {
    const rank = Math.ceil((bin / BINS) * all);
    let value = 0;
    while (i + j < rank) {
      const isFirst = j === second.length || (i < first.length && first[i]! <= second[j]!);
      value = isFirst ? first[i]! : second[j]!;
      if (isFirst) i += 1;
      else j += 1;
      if (i + j === rank && value !== edges.at(-1)) edges.push(value);
    }
  }
  return Float64Array.from(edges);
}

/** The first edge that is not below the value. */
function binOf(value: number, edges: Float64Array): number {
  let [low, high] = [0, edges.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function distancesOf(buckets: readonly Float64Array[], times: readonly number[], edges: Float64Array) {
  const cells = new Float64Array(2 * edges.length);
  for (let bucket = 0; bucket < buckets.length; bucket += 1) {
    const [counts, weight] = [buckets[bucket]!, times[bucket]!];
    if (weight > 0) for (let cell = 0; cell < cells.length; cell += 1) cells[cell]! += weight * counts[cell]!;
  }
  let [one, other] = [0, 0];
  for (let cell = 0; cell < cells.length; cell += 2) {
    one += cells[cell]!;
    other += cells[cell + 1]!;
  }
  let [first, second, largest, area] = [0, 0, 0, 0];
  for (let bin = 0; bin < edges.length; bin += 1) {
    first += cells[2 * bin]! / one;
    second += cells[2 * bin + 1]! / other;
    const difference = Math.abs(first - second);
    largest = Math.max(largest, difference);
    if (bin + 1 < edges.length) area += difference * (edges[bin + 1]! - edges[bin]!);
  }
  return { largest, area };
}
