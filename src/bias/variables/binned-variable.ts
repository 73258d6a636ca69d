import type { NamedVariable } from '../subjects/subjects.ts';
import { quantileBins } from './quantile-bins.ts';

/**
 * Numbers (NaN: unknown) in so many bins of like size (specification §3: ten), fewer where many are equal; their limits
 * are quantiles of all numbers that are known, or of `of`.
 */
export function binnedVariable(numbers: Float64Array, binCount = 10, of = numbers): NamedVariable {
  const known = of.filter((number) => !Number.isNaN(number)).sort();
  const shares = Array.from({ length: binCount - 1 }, (_, bin) => (bin + 1) / binCount);
  const quantile = (share: number) => known[Math.max(0, Math.ceil(share * known.length) - 1)] ?? null;
  const bins = quantileBins(shares.map(quantile));
  const codes = new Int16Array(numbers.length).fill(-1);
  if (bins === null) return { codes, levels: 0, names: [] };
  const cuts = Float64Array.from(bins.cuts);
  for (let image = 0; image < numbers.length; image += 1) {
    const number = numbers[image]!;
    if (!Number.isNaN(number)) codes[image] = binOf(number, cuts);
  }
  return { codes, levels: bins.names.length, names: bins.names };
}

/** How many of the ascending cuts the number reaches. */
function binOf(number: number, cuts: Float64Array): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (number >= cuts[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}
