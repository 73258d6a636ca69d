import { quantileBins } from './quantile-bins.ts';
import type { NamedVariable } from './subjects.ts';

const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Numbers (NaN: unknown) in ten bins of like size, fixed on all that are known (specification §3); fewer where many are equal. */
export function binnedVariable(numbers: Float64Array): NamedVariable {
  const known = numbers.filter((number) => !Number.isNaN(number)).sort();
  const quantile = (share: number) => known[Math.max(0, Math.ceil(share * known.length) - 1)] ?? null;
  const bins = quantileBins(TENTHS.map(quantile));
  const codes = new Int16Array(numbers.length).fill(-1);
  if (bins === null) return { codes, levels: 0, names: [] };
  numbers.forEach((number, image) => {
    if (!Number.isNaN(number)) codes[image] = bins.cuts.findLastIndex((cut) => number >= cut) + 1;
  });
  return { codes, levels: bins.names.length, names: bins.names };
}
