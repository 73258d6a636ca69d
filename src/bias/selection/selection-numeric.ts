import { colour, type Verdict } from '../../statistics/colour.ts';
import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import { magnitude } from '../../statistics/magnitude.ts';
import { type NumericComparison, numericComparison } from '../../statistics/numeric-comparison.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import type { RandomStreams } from '../bias-counts.ts';
import { hideSmallCounts, hideWith } from '../cards/hide-small-counts.ts';
import type { Factor, Subjects } from '../subjects/subjects.ts';
import { twoSamples } from '../variables/two-samples.ts';

/** A numeric factor against the reference sample; the differences are the dataset's less the reference's. */
export interface NumericFactor extends NumericComparison {
  readonly name: string;
  readonly images: Estimate;
  readonly referenceImages: Estimate;
  /** Of the size of the standardized difference. */
  readonly verdict: Verdict;
}

interface Options {
  readonly personal: boolean;
  readonly threshold: Threshold;
  readonly random: RandomStreams;
}

/** The numeric factors that the dataset records, held against a reference sample; none without one. */
export function numericFactors(
  subjects: Subjects,
  reference: Subjects | null,
  { personal, threshold, random }: Options,
): NumericFactor[] {
  if (reference === null) return [];
  const { units, side, joined } = twoSamples(subjects.units, reference.units);
  return recordedNumbers(subjects).map(({ name, numbers }): NumericFactor => {
    const other = reference.factors.find((factor) => factor.name === name)?.numbers;
    const values = joined(numbers, other ?? new Float64Array(reference.imageCount).fill(Number.NaN));
    const compared = numericComparison(units, values, side, random(`distribution of ${name}`));
    const counts = [numbers, values.subarray(numbers.length)].map((column) => known(column));
    const [images, referenceImages] = counts.map((count, place) => {
      const all = place === 0 ? subjects : reference;
      const basis = { imageCount: all.imageCount, unitCount: all.units.unitCount, method: 'images' };
      return hideSmallCounts([count, all.imageCount - count], basis, personal)[0]!;
    }) as [Estimate, Estimate];
    const shown = (figure: Estimate) => {
      if (other === undefined) return notEstimable('NOT_APPLICABLE', 'NOT_IN_REFERENCE', figure);
      return hideWith(images, hideWith(referenceImages, figure));
    };
    return {
      name,
      images,
      referenceImages,
      standardizedDifference: shown(compared.standardizedDifference),
      varianceRatio: shown(compared.varianceRatio),
      kolmogorovSmirnov: shown(compared.kolmogorovSmirnov),
      wasserstein: shown(compared.wasserstein),
      verdict: colour(magnitude(shown(compared.standardizedDifference)), threshold.bands),
    };
  });
}

/** The numeric factors of which at least one image has a value. */
export function recordedNumbers({ factors }: Subjects): { name: string; numbers: Float64Array }[] {
  return factors.flatMap(({ name, numbers }: Factor) =>
    numbers?.some((value) => Number.isFinite(value)) ? [{ name, numbers }] : [],
  );
}

function known(values: Float64Array): number {
  return values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
}
