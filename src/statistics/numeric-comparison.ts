import { binnedSamples } from './binned-samples.ts';
import { centredMoments } from './centred-moments.ts';
import type { CodedVariable, UnitStructure } from './coded-variable.ts';
import type { Estimate, Interval } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { groupBootstrap } from './group-bootstrap.ts';
import { estimateWithInterval, FEWEST_UNITS_FOR_INTERVAL } from './jackknife-estimate.ts';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import { type MeanComparison, meanComparison } from './mean-comparison.ts';
import { momentTable } from './moment-table.ts';
import { wassersteinDistance } from './wasserstein-distance.ts';

/** Every `unitCount` is that of the side with fewer units: it decides what can be told. */
export interface NumericComparison extends MeanComparison {
  /** D, range [0, 1]. */
  readonly kolmogorovSmirnov: Estimate;
  /** W₁ in standard deviations of the reference, range [0, ∞). */
  readonly wasserstein: Estimate;
}

/**
 * How the values of a measure in a sample (side 0) stand to those of a reference (side 1); images of neither (−1) and NaN
 * are left out. Difference and variance ratio with the jackknife; D and W₁/σ with the group bootstrap, whose rounds read
 * them off 500 quantiles of all values, and in which samples alike lie some way from 0, as they do in truth. Constant
 * reference: W₁/σ 0 where both are the same, else UNDEFINED. `random` yields uniform numbers in [0, 1).
 */
export function numericComparison(
  units: UnitStructure,
  values: Float64Array,
  side: CodedVariable,
  random: () => number,
): NumericComparison {
  const sorted = [sortedValues(values, side, 0), sortedValues(values, side, 1)] as const;
  const [sample, reference] = sorted;
  const moments = momentTable(units, values, side);
  const unitCount = Math.min(unitsOf(units, values, side, 0), unitsOf(units, values, side, 1));
  const { count, squares } = centredMoments(reference);
  const deviation = count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
  const bins = unitCount < FEWEST_UNITS_FOR_INTERVAL ? null : binnedSamples(units, values, side, sorted);
  // The rounds drawn for D serve W₁ too.
  const areas: number[] = [];
  const round = (times: readonly number[]) => {
    const { largest, area } = bins!.distances(times);
    areas.push(area);
    return largest;
  };
  let read = 0;
  const nextArea = () => (deviation > 0 ? (areas[read++] ?? Number.NaN) / deviation : 0);
  const finish = (method: string, whole: Figure, drawn: (times: readonly number[]) => number) => {
    const resampled = bins && whole.value !== null ? groupBootstrap(bins.bucketCount, drawn, random) : null;
    const interval = resampled && containing(resampled, whole.value!);
    return estimateWithInterval(whole, interval, { imageCount: moments.imageCount, unitCount, method });
  };
  return {
    ...meanComparison({ ...moments, unitCount }),
    kolmogorovSmirnov: finish('Kolmogorov–Smirnov D', kolmogorovSmirnov(sample, reference), round),
    wasserstein: finish(
      'Wasserstein-1 in standard deviations',
      inDeviations(wassersteinDistance(sample, reference), deviation),
      nextArea,
    ),
  };
}

/** Resamples lie further apart than the samples themselves, whose own distance belongs to the interval all the same. */
function containing(interval: Interval, value: number): Interval {
  return { ...interval, lower: Math.min(interval.lower, value), upper: Math.max(interval.upper, value) };
}

function inDeviations(distance: Figure, deviation: number): Figure {
  if (distance.value === null || distance.value === 0) return distance;
  return deviation > 0 ? figure(distance.value / deviation) : noFigure('UNDEFINED', 'CONSTANT_REFERENCE');
}

function sortedValues(values: Float64Array, { codes }: CodedVariable, side: number): Float64Array {
  const own = new Float64Array(values.length);
  let count = 0;
  for (let image = 0; image < values.length; image += 1) {
    if (codes[image] !== side || Number.isNaN(values[image]!)) continue;
    own[count] = values[image]!;
    count += 1;
  }
  return own.subarray(0, count).sort();
}

function unitsOf(
  { unitOf, unitCount }: UnitStructure,
  values: Float64Array,
  { codes }: CodedVariable,
  side: number,
): number {
  const seen = new Uint8Array(unitCount);
  let units = 0;
  for (let image = 0; image < values.length; image += 1) {
    const unit = unitOf[image]!;
    if (codes[image] !== side || Number.isNaN(values[image]!) || seen[unit] === 1) continue;
    seen[unit] = 1;
    units += 1;
  }
  return units;
}
