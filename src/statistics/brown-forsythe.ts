import { type AnalysisOfVariance, analysisOfVariance } from './analysis-of-variance.ts';
import { medianOf } from './median-of.ts';
import { momentTable } from './moment-table.ts';
import type { UnitMeans } from './unit-means.ts';

/**
 * Whether a measure scatters more at some levels: the analysis of variance of |x − median of its level|, with all its
 * degenerate answers. Brown & Forsythe 1974, Journal of the American Statistical Association 69:364.
 */
export function brownForsythe({ values, factor, units, imageCount }: UnitMeans): AnalysisOfVariance {
  const medians = mediansByLevel(values, factor.codes, factor.levels);
  const deviations = values.map((value, row) => Math.abs(value - medians[factor.codes[row]!]!));
  return analysisOfVariance({ ...momentTable(units, deviations, factor), imageCount });
}

function mediansByLevel(values: Float64Array, codes: Int16Array, levels: number): number[] {
  const ends = new Int32Array(levels);
  for (const code of codes) ends[code] = ends[code]! + 1;
  for (let level = 1; level < levels; level += 1) ends[level] = ends[level]! + ends[level - 1]!;
  const grouped = new Float64Array(values.length);
  const starts = ends.slice();
  values.forEach((value, row) => {
    const place = starts[codes[row]!]! - 1;
    starts[codes[row]!] = place;
    grouped[place] = value;
  });
  return Array.from(starts, (start, level) => medianOf(grouped.subarray(start, ends[level]!)));
}
